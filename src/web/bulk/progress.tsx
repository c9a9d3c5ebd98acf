import { isWorking, mailsOf } from '../../domain/bulk-send'
import type { MailState } from '../../domain/delivery'
import { plural } from '../../i18n'
import { routes } from '../../routes'
import { MAIL_STATE_LOOKS } from '../ui/badge'
import { durationText } from '../ui/duration'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Countdown, Time } from '../ui/values'
import type { BulkView } from './require-bulk-send'

/** Shows the progress of the mails as a sentence, a bar and counters. */
export const ProgressStatus = ({ view }: { view: BulkView }) => (
  <>
    <p class="bulk-status" aria-live="polite">
      <Status view={view} />
    </p>
    <Bar view={view} />
    <Counters view={view} />
    <LeftOut view={view} />
  </>
)

const Status = ({ view }: { view: BulkView }) => {
  const { t, language, now } = useFrame()
  const { bulk, going, mails } = view
  if (bulk.state === 'undoing') return <>{t('bulk.status.undoing')}</>
  if (bulk.state === 'undone') return <>{plural(language, 'bulk.status.undone', bulk.cancelled)}</>
  const queueing = bulk.state === 'queueing' && bulk.queued < going.documents
  const dueAt = bulk.dueAt ?? now
  if (dueAt > now && bulk.waiting + (queueing ? 1 : 0) > 0)
    return (
      <>
        {plural(language, 'bulk.status.waiting', mails)}{' '}
        <span id={`leaves-${dueAt}`}>
          <Countdown until={dueAt} />
        </span>
      </>
    )
  const number = (n: number) => n.toLocaleString(language)
  if (queueing) return <>{t('bulk.status.queueing', { done: number(bulk.queued), all: number(going.documents) })}</>
  if (bulk.waiting === 0) return <>{plural(language, 'bulk.status.left', mails)}</>
  if (view.timeLeft === undefined) return <>{plural(language, 'bulk.status.still', bulk.waiting)}</>
  const left = durationText(view.timeLeft, language)
  return <>{plural(language, 'bulk.status.sending', bulk.waiting, { left })}</>
}

/** Segments of the bar, in their order. */
const SEGMENTS = ['delivered', 'sent', 'deferred', 'unknown', 'problem', 'cancelled'] as const
const BAR_WIDTH = 1000

/**
 * Shows the mails by state as a bar. It is an SVG, since inline styles would need an exception in the content security
 * policy.
 */
const Bar = ({ view: { bulk, mails } }: { view: BulkView }) => {
  const { t, language } = useFrame()
  const dispatched = mailsOf(bulk) - bulk.waiting
  const total = Math.max(mails, 1)
  let x = 0
  return (
    <svg
      class="bulk-bar"
      viewBox={`0 0 ${BAR_WIDTH} 10`}
      preserveAspectRatio="none"
      role="progressbar"
      aria-label={t('bulk.bar')}
      aria-valuemin={0}
      aria-valuemax={mails}
      aria-valuenow={dispatched}
      aria-valuetext={t('bulk.bar.value', {
        done: dispatched.toLocaleString(language),
        all: mails.toLocaleString(language),
      })}
    >
      {SEGMENTS.map((state) => {
        const start = x
        x += (bulk[state] / total) * BAR_WIDTH
        return <rect class={state} x={start} y={0} width={x - start} height={10} />
      })}
    </svg>
  )
}

/** Counters; rare states are shown only when they occur. */
const COUNTERS: { state: MailState; always: boolean }[] = [
  { state: 'on_its_way', always: true },
  { state: 'sent', always: true },
  { state: 'delivered', always: true },
  { state: 'deferred', always: false },
  { state: 'unknown', always: false },
  { state: 'problem', always: true },
]

const Counters = ({ view }: { view: BulkView }) => {
  const { t, language } = useFrame()
  const { bulk } = view
  const counts: Partial<Record<MailState, number>> = { ...bulk, on_its_way: bulk.waiting }
  return (
    <ul class="bulk-counters">
      {COUNTERS.filter(({ state, always }) => always || counts[state]).map(({ state }) => {
        const { icon, tone } = MAIL_STATE_LOOKS[state]
        const count = counts[state] ?? 0
        const number = <span class="bulk-number">{count.toLocaleString(language)}</span>
        const label = (
          <span class="bulk-label">
            <Icon name={icon} class={`tone-${tone}`} />
            {t(`mail_state.${state}`)}
          </span>
        )
        return (
          <li id={`count-${state}`}>
            {count > 0 ? (
              <a href={`${routes.bulkSendDocuments(bulk.id)}?group=${state}`}>
                {number}
                {label}
              </a>
            ) : (
              <div>
                {number}
                {label}
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const LeftOut = ({ view: { bulk, leftOut } }: { view: BulkView }) => {
  const { language } = useFrame()
  if (leftOut === 0) return null
  return (
    <p id="bulk-left-out">
      <a href={`${routes.bulkSendDocuments(bulk.id)}?group=left_out`}>{plural(language, 'bulk.left_out', leftOut)}</a>
    </p>
  )
}

/** Shows the actions: *Undo* while mails wait, the result sheet, and afterwards a repeat of what failed. */
export const BulkActs = ({ view }: { view: BulkView }) => {
  const { t, now } = useFrame()
  const may = useMay('member')
  const { bulk } = view
  const waits = (bulk.dueAt ?? 0) > now || bulk.state === 'queueing'
  const undoable = may && bulk.undoneAt === null && waits && (bulk.waiting > 0 || bulk.state === 'queueing')
  const over = !isWorking(bulk.state) && bulk.waiting === 0
  return (
    <div id="bulk-acts" class="stack tight">
      {undoable && (
        <form method="post" action={routes.bulkSendCancellation(bulk.id)} class="cluster">
          <button type="submit">
            <Icon name="undo-2" />
            {t('send.undo')}
          </button>
          <span class="muted small">{t('bulk.undo.hint')}</span>
        </form>
      )}
      <div class="cluster">
        <a class="button" href={routes.bulkSendDocuments(bulk.id)}>
          <Icon name="file-text" />
          {t('bulk.results')}
        </a>
        <a class="button" href={routes.bulkSendResults(bulk.id)} download>
          <Icon name="download" />
          {t('bulk.csv')}
        </a>
        {may && over && bulk.problem > 0 && <Repeat view={view} from="failed" />}
        {may && over && bulk.overQuota > 0 && <Repeat view={view} from="quota" />}
      </div>
      {bulk.undoneAt !== null && (
        <p class="muted small">
          {t('bulk.undone_at')} <Time at={bulk.undoneAt} />
        </p>
      )}
    </div>
  )
}

const Repeat = ({ view: { bulk, newId }, from }: { view: BulkView; from: 'failed' | 'quota' }) => {
  const { t } = useFrame()
  return (
    <form method="post" action={routes.bulkSendRetries(bulk.id)}>
      <input type="hidden" name="bulkId" value={newId} />
      <input type="hidden" name="from" value={from} />
      <button type="submit">
        <Icon name="rotate-ccw" />
        {t(`bulk.repeat.${from}`)}
      </button>
    </form>
  )
}
