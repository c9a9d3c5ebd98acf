import type { HeldUp } from '../../db/outages'
import { PROBLEM_VIEWS, type ProblemItem } from '../../db/problem-list'
import { PROBLEM_KINDS } from '../../domain/problem'
import { isTestDocument } from '../../domain/test-mode'
import { routes } from '../../routes'
import { DeliveriesHead } from '../ui/deliveries-head'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Pages } from '../ui/pages'
import { ProblemActions } from '../ui/problem-actions'
import { ProblemExplanation, StatusBadge } from '../ui/problem-explanation'
import { Time } from '../ui/values'
import { HeldUpNotice } from './held-up-notice'
import { type ProblemQuery, problemsPath } from './query'

interface Props {
  query: ProblemQuery
  items: ProblemItem[]
  /** Mails that are held up by a provider. */
  heldUp: HeldUp | undefined
  nextPath: string | undefined
  newFormId: () => string
}

/** Lists failed deliveries. Each entry explains the failure and has the button that fixes it. */
export const ProblemListPage = ({ query, items, heldUp, nextPath, newFormId }: Props) => {
  const { t } = useFrame()
  return (
    <>
      <DeliveriesHead />
      <div class="stack">
        {heldUp && <HeldUpNotice heldUp={heldUp} />}
        <p class="muted">{t('problems.text')}</p>
        <Filters query={query} />
        {items.length === 0 ? (
          <Empty query={query} nextPath={nextPath} />
        ) : (
          <ul class="card flush problem-list">
            {items.map((item) => (
              <Problem item={item} formId={newFormId()} />
            ))}
          </ul>
        )}
        <Pages first={query.before ? problemsPath(query) : undefined} next={nextPath} />
      </div>
    </>
  )
}

const Filters = ({ query }: { query: ProblemQuery }) => {
  const { t } = useFrame()
  return (
    <nav class="cluster" aria-label={t('problems.filter')}>
      <div class="chips">
        {PROBLEM_VIEWS.map((view) => (
          <a class="chip" href={problemsPath(query, { view })} aria-current={query.view === view ? 'true' : undefined}>
            {t(`problems.view.${view}`)}
          </a>
        ))}
      </div>
      <span class="chip-gap" />
      <div class="chips">
        <a class="chip" href={problemsPath(query, { kind: undefined })} aria-current={query.kind ? undefined : 'true'}>
          {t('problems.kind.any')}
        </a>
        {PROBLEM_KINDS.map((kind) => (
          <a class="chip" href={problemsPath(query, { kind })} aria-current={query.kind === kind ? 'true' : undefined}>
            {t(`delivery_status.${kind}`)}
          </a>
        ))}
      </div>
      {query.address && (
        <a class="chip" href={problemsPath(query, { address: '' })}>
          <Icon name="x" />
          <span class="break-all">{query.address}</span>
        </a>
      )}
    </nav>
  )
}

/** Shows one problem: its cause, its consequence, and the actions that fix it. */
export const Problem = ({ item, formId }: { item: ProblemItem; formId: string }) => {
  const { t } = useFrame()
  const { documentId, deliveryId, number, kind, contactId, contactName, address, status, reason, serverText, at } = item
  return (
    <li>
      <div class="problem-what">
        <p class="cluster">
          <StatusBadge status={status} />
          <a class="strong nowrap" href={routes.document(documentId)}>
            {number ?? t(`document.kind.${kind}`)}
          </a>
          {contactId ? (
            <a class="quiet break-all" href={routes.contact(contactId)}>
              {contactName}
            </a>
          ) : (
            <span class="break-all">{contactName}</span>
          )}
          <span class="muted small">
            <Time at={at} />
          </span>
        </p>
        <p class="break-all">{address}</p>
        <ProblemExplanation status={status} reason={reason} serverText={serverText} test={isTestDocument(documentId)} />
        <Settled item={item} />
      </div>
      <ProblemActions
        {...{ documentId, deliveryId, address, status, reason, formId }}
        open={item.settledAt === null}
        back="problems"
      />
    </li>
  )
}

const Settled = ({ item: { settledAt, settledBy, settledSendId } }: { item: ProblemItem }) => {
  const { t } = useFrame()
  if (settledAt === null) return null
  const by = { name: settledBy ?? t('history.someone') }
  return (
    <p class="small">
      <Icon name="circle-check" class="tone-good" />{' '}
      {settledSendId ? t('problems.sent_again', by) : settledBy ? t('problems.aside', by) : t('problems.arrived')}{' '}
      <span class="muted">
        <Time at={settledAt} />
      </span>
    </p>
  )
}

const Empty = ({ query, nextPath }: Pick<Props, 'query' | 'nextPath'>) => {
  const { t } = useFrame()
  const all = query.view === 'open' && !query.kind && !query.address
  return (
    <div class="card empty">
      <Icon name={all ? 'circle-check' : 'search'} />
      {all && <h2>{t('problems.none.title')}</h2>}
      <p>{t(all ? 'problems.none.text' : 'problems.none.filtered')}</p>
      {!all && !nextPath && <a href={routes.problems}>{t('problems.all_open')}</a>}
    </div>
  )
}
