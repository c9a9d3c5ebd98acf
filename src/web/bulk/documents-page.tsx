import type { BulkRow } from '../../db/bulk-documents'
import type { BulkListGroup } from '../../db/bulk-groups'
import type { StoredBulkSend } from '../../db/bulk-sends'
import { countAll } from '../../domain/bulk-send'
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { Breadcrumb } from '../ui/breadcrumb'
import { AmountHead } from '../ui/document-cells'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Pages } from '../ui/pages'
import { ServerText } from '../ui/server-text'
import { Money, Time } from '../ui/values'
import { outcomeOf } from './outcome'

interface Props {
  bulk: StoredBulkSend
  group: BulkListGroup
  rows: BulkRow[]
  nextPath?: string | undefined
  /** True on the first page of the list. */
  first: boolean
}

const TITLES: Partial<Record<BulkListGroup, Key>> = {
  all: 'bulk.results',
  going: 'bulk.list.going',
  left_out: 'bulk.outcome.left_out',
}

/** Lists the documents and addresses of a bulk send, or of one group, with outcome and reason. */
export const BulkDocumentsPage = ({ bulk, group, rows, nextPath, first }: Props) => {
  const { t } = useFrame()
  return (
    <>
      <header class="page-head">
        <div>
          <Breadcrumb href={routes.bulkSend(bulk.id)}>
            {t(bulk.confirmedAt === null ? 'bulk.preflight.title' : 'bulk.title')}
          </Breadcrumb>
          <h1>{t('bulk.results')}</h1>
        </div>
        {bulk.confirmedAt !== null && (
          <a class="button" href={routes.bulkSendResults(bulk.id)} download>
            <Icon name="download" />
            {t('bulk.csv')}
          </a>
        )}
      </header>
      <div class="stack">
        <Filters bulk={bulk} group={group} />
        <div class="card flush">
          {rows.length > 0 ? <Rows bulk={bulk} rows={rows} /> : <p class="empty">{t('documents.none')}</p>}
          <Pages first={first ? undefined : `${routes.bulkSendDocuments(bulk.id)}?group=${group}`} next={nextPath} />
        </div>
      </div>
    </>
  )
}

const STATES = ['problem', 'unknown', 'deferred', 'on_its_way', 'sent', 'delivered'] as const

const Filters = ({ bulk, group }: { bulk: StoredBulkSend; group: BulkListGroup }) => {
  const { t, language } = useFrame()
  const offered: BulkListGroup[] =
    bulk.confirmedAt === null
      ? ['all', 'going', ...(group in TITLES ? [] : [group])]
      : ['all', ...STATES.filter((state) => bulk[state === 'on_its_way' ? 'waiting' : state] > 0), 'left_out']
  return (
    <nav class="chips" aria-label={t('documents.filter')}>
      {offered.map((option) => (
        <a
          class="chip"
          href={`${routes.bulkSendDocuments(bulk.id)}?group=${option}`}
          aria-current={option === group ? 'true' : undefined}
        >
          {t(labelOf(option))}
          {option === 'all' && (
            <span class="muted numeric">{countAll(bulk.tally).documents.toLocaleString(language)}</span>
          )}
        </a>
      ))}
    </nav>
  )
}

const labelOf = (group: BulkListGroup): Key => {
  if (group === 'all') return 'documents.filter.all'
  return TITLES[group] ?? (isState(group) ? `mail_state.${group}` : `bulk.chip.${group as Flag}`)
}

type Flag = Exclude<BulkListGroup, 'all' | 'going' | 'left_out' | (typeof STATES)[number]>
const isState = (group: BulkListGroup): group is (typeof STATES)[number] =>
  (STATES as readonly string[]).includes(group)

const Rows = ({ bulk, rows }: { bulk: StoredBulkSend; rows: BulkRow[] }) => {
  const { t } = useFrame()
  return (
    <table class="list stacked bulk-results">
      <thead>
        <tr>
          <th scope="col">{t('documents.number')}</th>
          <th scope="col">{t('documents.contact')}</th>
          <AmountHead />
          <th scope="col">{t('bulk.column.address')}</th>
          <th scope="col">{t('bulk.column.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Row bulk={bulk} row={row} isRepeated={rows[index - 1]?.position === row.position} />
        ))}
      </tbody>
    </table>
  )
}

/** @param isRepeated true if the previous row has the same document */
const Row = ({ bulk, row, isRepeated }: { bulk: StoredBulkSend; row: BulkRow; isRepeated: boolean }) => {
  const { t, now } = useFrame()
  const outcome = outcomeOf(row, bulk, t, now)
  const name = row.number ?? (row.kind ? t('document_state.draft') : t('bulk.deleted'))
  return (
    <tr>
      <th scope="row" class="nowrap">
        {row.kind ? (
          <a class="row-link" href={routes.document(row.documentId)}>
            {name}
          </a>
        ) : (
          name
        )}
      </th>
      <td class="break-all">{isRepeated ? '' : row.contactName}</td>
      <td class="amount">
        {!isRepeated && row.total !== null && row.currency && (
          <Money amount={row.kind === 'credit_note' ? -row.total : row.total} currency={row.currency} />
        )}
      </td>
      <td class="break-all">{row.address}</td>
      <td>
        {outcome && (
          <>
            <Badge tone={outcome.tone} icon={outcome.icon}>
              {t(outcome.label)}
            </Badge>{' '}
            {(row.deliveredAt ?? row.sentAt) !== null && (
              <span class="muted small">
                <Time at={row.deliveredAt ?? row.sentAt ?? 0} />
              </span>
            )}
            {outcome.reason && <p class="small">{outcome.reason}</p>}
            {row.status !== 'sent' && row.status !== 'delivered' && <ServerText text={row.serverText} />}
          </>
        )}
      </td>
    </tr>
  )
}
