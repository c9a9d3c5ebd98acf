import type { StoredBulkSend } from '../../db/bulk-sends'
import { countAll, mailsOf } from '../../domain/bulk-send'
import { plural } from '../../i18n'
import { routes } from '../../routes'
import { Badge, type Tone } from '../ui/badge'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import type { IconName } from '../ui/icon-names'
import { Pages } from '../ui/pages'
import { Time } from '../ui/values'

interface Props {
  items: StoredBulkSend[]
  /** Names of people by their ids. */
  names: Map<string, string>
  next?: string | undefined
}

/** Lists an account's bulk sends. */
export const BulkListPage = ({ items, names, next }: Props) => {
  const { t } = useFrame()
  return (
    <>
      <header class="page-head">
        <div>
          <Breadcrumb href={routes.documents}>{t('documents.title')}</Breadcrumb>
          <h1>{t('bulk.list.title')}</h1>
        </div>
      </header>
      <div class="card flush">
        {items.length > 0 ? <Table items={items} names={names} /> : <Nothing />}
        <Pages next={next && `${routes.bulkSends}?before=${next}`} nextLabel="documents.older" />
      </div>
    </>
  )
}

const Nothing = () => {
  const { t } = useFrame()
  return (
    <div class="empty">
      <Icon name="mails" />
      <p>{t('bulk.list.empty')}</p>
      <a href={routes.documents}>{t('bulk.back')}</a>
    </div>
  )
}

const Table = ({ items, names }: Omit<Props, 'next'>) => {
  const { t } = useFrame()
  return (
    <table class="list stacked">
      <thead>
        <tr>
          <th scope="col">{t('bulk.column.when')}</th>
          <th scope="col">{t('bulk.column.by')}</th>
          <th scope="col">{t('documents.title')}</th>
          <th scope="col">{t('documents.state')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((bulk) => (
          <Row bulk={bulk} name={names.get(bulk.createdBy) ?? ''} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ bulk, name }: { bulk: StoredBulkSend; name: string }) => {
  const { t, language } = useFrame()
  const { tone, icon, text } = lookOf(bulk)
  return (
    <tr>
      <th scope="row">
        <a class="row-link" href={routes.bulkSend(bulk.id)}>
          <Time at={bulk.confirmedAt ?? bulk.createdAt} />
        </a>
      </th>
      <td data-label={t('bulk.column.by')} class="break-all">
        {name}
      </td>
      <td data-label={t('documents.title')}>{plural(language, 'bulk.documents', countAll(bulk.tally).documents)}</td>
      <td>
        <Badge tone={tone} icon={icon}>
          {t(text)}
        </Badge>
      </td>
    </tr>
  )
}

function lookOf(bulk: StoredBulkSend): {
  tone: Tone
  icon: IconName
  text: `bulk.state.${'ready' | 'undone' | 'sending' | 'problems' | 'done'}`
} {
  if (bulk.confirmedAt === null) return { tone: 'idle', icon: 'circle-dashed', text: 'bulk.state.ready' }
  if (bulk.undoneAt !== null && mailsOf(bulk) === bulk.cancelled)
    return { tone: 'idle', icon: 'undo-2', text: 'bulk.state.undone' }
  if (bulk.waiting > 0 || bulk.state === 'queueing') return { tone: 'busy', icon: 'send', text: 'bulk.state.sending' }
  if (bulk.problem > 0) return { tone: 'bad', icon: 'mail-x', text: 'bulk.state.problems' }
  return { tone: 'good', icon: 'mail-check', text: 'bulk.state.done' }
}
