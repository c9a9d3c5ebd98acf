import type { ContactItem } from '../../db/contact-search'
import type { DeliveryItem } from '../../db/delivery-list'
import type { ProblemItem } from '../../db/problem-list'
import type { DeliveryDay } from '../../domain/delivery-days'
import { isProblemStatus } from '../../domain/problem'
import { plural } from '../../i18n'
import { reasonText } from '../../i18n/reason'
import { routes } from '../../routes'
import { Problem } from '../problems/list-page'
import { DeliveriesHead } from '../ui/deliveries-head'
import { DeliveryBadge } from '../ui/delivery-badge'
import { isResting } from '../ui/delivery-status'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Pages } from '../ui/pages'
import { ProblemActions } from '../ui/problem-actions'
import { Time } from '../ui/values'
import { DeliveryChart } from './chart'
import { DeliveryFilters } from './filters'
import { type DeliveryQuery, deliveriesPath, isFiltered } from './query'

interface Props {
  query: DeliveryQuery
  contactName: string | undefined
  choices: ContactItem[] | undefined
  items: DeliveryItem[]
  next: string | undefined
  scanned: number | undefined
  /** Parts that only the first page without a filter shows. */
  first: { problems: ProblemItem[]; open: number; days: DeliveryDay[]; cutDate: string | undefined } | undefined
  newFormId: () => string
}

/** Shows the deliveries of all documents: failed ones first, then a chart by day, then the list. */
export const DeliveryListPage = (props: Props) => {
  const { t } = useFrame()
  const { query, contactName, choices, first, newFormId, next, scanned } = props
  return (
    <>
      <DeliveriesHead>
        <Export query={query} />
      </DeliveriesHead>
      <div class="stack">
        {first && first.problems.length > 0 && <Failed {...first} newFormId={newFormId} />}
        {first && <DeliveryChart days={first.days} cutDate={first.cutDate} />}
        <DeliveryFilters query={query} contactName={contactName} choices={choices} />
        <div class="card flush">
          {props.items.length > 0 ? <Table {...props} /> : <None {...props} />}
          <Pages
            first={query.before && deliveriesPath(routes.deliveries, query)}
            next={next && deliveriesPath(routes.deliveries, query, { before: next })}
            nextLabel={scanned ? 'documents.further' : 'list.next'}
            note={Boolean(scanned) && t('deliveries.scanned', { count: scanned ?? 0 })}
          />
        </div>
      </div>
    </>
  )
}

const Export = ({ query }: { query: DeliveryQuery }) => {
  const { t } = useFrame()
  if (!useMay('member')) return null
  return (
    <a class="button" href={deliveriesPath(routes.deliveryExport, query)} title={t('deliveries.export.hint')}>
      <Icon name="download" />
      {t('list.export')}
    </a>
  )
}

const Failed = ({ problems, open, newFormId }: NonNullable<Props['first']> & Pick<Props, 'newFormId'>) => {
  const { t, language } = useFrame()
  return (
    <section class="stack tight" aria-labelledby="failed-title">
      <h2 id="failed-title">{t('deliveries.failed_first')}</h2>
      <ul class="card flush problem-list">
        {problems.map((item) => (
          <Problem item={item} formId={newFormId()} />
        ))}
      </ul>
      {open > problems.length && (
        <p>
          <a href={routes.problems}>{plural(language, 'deliveries.all_failed', open)}</a>
        </p>
      )}
    </section>
  )
}

const Table = ({ items, newFormId }: Props) => {
  const { t } = useFrame()
  return (
    <table class="list stacked all-deliveries">
      <thead>
        <tr>
          <th scope="col">{t('deliveries.column.state')}</th>
          <th scope="col">{t('documents.number')}</th>
          <th scope="col">{t('deliveries.column.to')}</th>
          <th scope="col">{t('deliveries.column.time')}</th>
          <th scope="col">
            <span class="visually-hidden">{t('deliveries.column.step')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row item={item} newFormId={newFormId} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ item, newFormId }: { item: DeliveryItem; newFormId: () => string }) => {
  const { t } = useFrame()
  const { id: deliveryId, documentId, number, kind, contactId, contactName, address, status, reason, serverText } = item
  const troubled = isProblemStatus(status) || status === 'deferred' || (status === 'queued' && item.attempt > 0)
  const sentence = troubled || isResting(item) ? reasonText(t, reason) : undefined
  return (
    <tr>
      <td>
        <DeliveryBadge delivery={item} scheduledFor={item.scheduledFor} />
      </td>
      <th scope="row" class="nowrap">
        <a href={routes.document(documentId)}>{number ?? t(`document.kind.${kind}`)}</a>
      </th>
      <td class="break-all">
        <div>
          {contactId ? (
            <a class="quiet" href={routes.contact(contactId)}>
              {contactName}
            </a>
          ) : (
            contactName
          )}
        </div>
        <div class="small muted">{address}</div>
        {sentence && <div class="small">{sentence}</div>}
        {troubled && serverText && <samp class="small muted">{serverText}</samp>}
      </td>
      <td class="small nowrap" data-label={t('deliveries.column.time')}>
        <Time at={item.deliveredAt ?? item.endedAt ?? item.sentAt ?? item.createdAt} />
      </td>
      <td>
        {item.open === 1 && (
          <ProblemActions {...{ documentId, deliveryId, address, status, reason }} formId={newFormId()} open compact />
        )}
      </td>
    </tr>
  )
}

const None = ({ query, next }: Props) => {
  const { t } = useFrame()
  return (
    <div class="empty">
      <Icon name="send" />
      <p>{t(isFiltered(query) ? 'deliveries.none.filtered' : 'deliveries.none')}</p>
      {isFiltered(query) && !next && <a href={routes.deliveries}>{t('deliveries.filter.clear')}</a>}
    </div>
  )
}
