import type { DocumentItem } from '../../../db/document-list'
import { statesOf } from '../../../domain/document-state'
import type { Translate } from '../../../i18n'
import { routes } from '../../../routes'
import {
  AmountCell,
  AmountHead,
  DateCell,
  DateHead,
  EnvelopeCell,
  EnvelopeHead,
  NumberCell,
  StatesCell,
} from '../../ui/document-cells'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { NewDocument } from '../../ui/new-document'
import { KindTabs } from './kind-tabs'
import { isFiltered, type ListQuery, listPath } from './list-query'
import { MailFilter } from './mail-filter'
import { Selection, SelectPage, SelectRow } from './selection'

export interface ListProps {
  query: ListQuery
  items: DocumentItem[]
  /** ISO date in the account's time zone. */
  today: string
  newerPath?: string | undefined
  olderPath?: string | undefined
  /** Id for the bulk send of the selected documents. */
  bulkId: string
  /** Number of documents that were searched; undefined unless the search stopped before the end. */
  scanned?: number | undefined
}

export const DocumentListPage = (props: ListProps) => {
  const { t } = useFrame()
  const empty = props.items.length === 0 && !isFiltered(props.query)
  return (
    <>
      <header class="page-head">
        <h1>{t('documents.title')}</h1>
        {!empty && (
          <div class="cluster">
            <a class="button quiet" href={routes.bulkSends}>
              <Icon name="mails" />
              {t('bulk.list.title')}
            </a>
            <NewDocument kind={props.query.kind} />
          </div>
        )}
      </header>
      {empty ? <NoDocuments /> : <DocumentList {...props} />}
    </>
  )
}

const NoDocuments = () => {
  const { t, signedIn } = useFrame()
  const test = signedIn?.testMode === true
  return (
    <div class="card empty">
      <Icon name={test ? 'flask-conical' : 'file-text'} />
      <h2>{t(test ? 'documents.empty.test.title' : 'documents.empty.title')}</h2>
      <p>{t(test ? 'documents.empty.test.text' : 'documents.empty.text')}</p>
      <NewDocument kind={undefined} />
    </div>
  )
}

const DocumentList = (props: ListProps) => {
  const { t } = useFrame()
  const { query, items } = props
  return (
    <div class="stack">
      <KindTabs query={query} />
      <nav class="cluster" aria-label={t('documents.filter')}>
        <div class="chips">
          <Chip query={query} label={t('documents.filter.all')} state={undefined} />
          {statesOf(query.kind).map((state) => (
            <Chip query={query} label={t(`document_state.${state}`)} state={state} />
          ))}
        </div>
        <MailFilter query={query} />
      </nav>
      {query.q && <SearchedFor query={query} />}
      <Selection query={query} bulkId={props.bulkId} more={Boolean(props.newerPath || props.olderPath)}>
        <div class="card flush">
          {items.length > 0 ? <DocumentTable {...props} /> : <NothingFound {...props} />}
          <Pagination {...props} />
        </div>
      </Selection>
    </div>
  )
}

const Chip = ({ query, label, state }: { query: ListQuery; label: string; state: ListQuery['state'] }) => (
  <a class="chip" href={listPath(query, { state })} aria-current={query.state === state ? 'true' : undefined}>
    {label}
  </a>
)

const SearchedFor = ({ query }: { query: ListQuery }) => {
  const { t } = useFrame()
  return (
    <p class="cluster">
      {t('documents.searched', { text: query.q })}
      <a class="chip" href={listPath(query, { q: '' })}>
        <Icon name="x" />
        {t('documents.search.clear')}
      </a>
    </p>
  )
}

const DocumentTable = ({ items, today }: ListProps) => {
  const { t } = useFrame()
  return (
    <table class="list stacked documents">
      <thead>
        <tr>
          <SelectPage />
          <EnvelopeHead />
          <th scope="col">{t('documents.number')}</th>
          <th scope="col">{t('documents.contact')}</th>
          <DateHead label="documents.date" />
          <DateHead label="documents.due" />
          <AmountHead />
          <th scope="col">{t('documents.state')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <DocumentRow item={item} today={today} />
        ))}
      </tbody>
    </table>
  )
}

const DocumentRow = ({ item, today }: { item: DocumentItem; today: string }) => {
  const { t } = useFrame()
  const { id, number, contactName } = item
  return (
    <tr>
      <SelectRow id={id} name={`${number ?? t('document_state.draft')} ${contactName}`} />
      <EnvelopeCell item={item} />
      <NumberCell item={item} />
      <td class="break-all contact-name">{contactName || <span class="muted">{t('documents.no_contact')}</span>}</td>
      <DateCell date={item.issueDate} />
      <DateCell date={item.dueDate} />
      <AmountCell item={item} />
      <StatesCell item={item} today={today} />
    </tr>
  )
}

const NothingFound = ({ query, olderPath }: ListProps) => {
  const { t } = useFrame()
  return (
    <div class="empty">
      <p>{nothingText(t, query)}</p>
      {!olderPath && <a href={routes.documents}>{t('documents.all')}</a>}
    </div>
  )
}

function nothingText(t: Translate, query: ListQuery): string {
  const { q, kind } = query
  if (q) return t('documents.none_found', { text: q })
  return kind === undefined || kind === 'invoice' || isFiltered({ ...query, kind: undefined })
    ? t('documents.none')
    : t(`documents.none.${kind}`)
}

const Pagination = ({ newerPath, olderPath, scanned }: ListProps) => {
  const { t } = useFrame()
  if (!newerPath && !olderPath) return null
  return (
    <nav class="pagination" aria-label={t('list.pages')}>
      {newerPath ? (
        <a href={newerPath} rel="prev">
          {t('documents.newer')}
        </a>
      ) : (
        <span />
      )}
      {scanned && <span class="muted">{t('documents.scanned', { count: scanned })}</span>}
      {olderPath && (
        <a href={olderPath} rel="next">
          {t(scanned ? 'documents.further' : 'documents.older')}
        </a>
      )}
    </nav>
  )
}
