import type { Child } from 'hono/jsx'
import type { DocumentSend } from '../../../db/document-sends'
import { plural } from '../../../i18n'
import { routes } from '../../../routes'
import { isHeld } from '../../ui/delivery-status'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useMay } from '../../ui/may'
import { Notice } from '../../ui/notice'
import { Countdown, ExactTime, Time } from '../../ui/values'
import { type LiveActivity, waitingOf } from './activity'
import { DeliveriesPanel } from './deliveries-panel'
import { Envelope } from './envelope'
import { History } from './history'
import { SendLink } from './send-link'

/** Outcome of an undo: all mails were cancelled, only those that had not left, or none. */
export type UndoOutcome = 'cancelled' | 'part' | 'left'

const UNDO_TEXT = {
  cancelled: 'notice.send_cancelled',
  part: 'notice.send_cancelled.part',
  left: 'send.left.text',
} as const

interface LiveProps {
  activity: LiveActivity
  /** Outcome of the undo to which this responds. */
  outcome?: UndoOutcome | undefined
}

/**
 * Shows mails that can still be cancelled, at the top of a document. If scripts run, it polls while mails are under way, and updates
 * itself, the envelope, the deliveries and History.
 */
export const SendLive = ({ activity, outcome }: LiveProps) => {
  const { t } = useFrame()
  const path = `${routes.sends(activity.document.id)}?seen=${activity.seen}`
  const polling = activity.pollAfter !== undefined && {
    'hx-get': path,
    'hx-trigger': `every ${activity.pollAfter}s, countdown-over delay:1s`,
    'hx-swap': 'outerMorph',
  }
  return (
    <div id="send-live" class="notices" {...polling}>
      {outcome && (
        <Notice tone={outcome === 'left' ? 'warn' : 'good'}>
          <p>{t(UNDO_TEXT[outcome])}</p>
        </Notice>
      )}
      {activity.sends
        .filter((send) => waitingOf(send).length > 0)
        .map((send) => (
          <Waiting send={send} documentId={activity.document.id} />
        ))}
    </div>
  )
}

/** Responds to a poll. */
export const SendLiveUpdate = ({ activity, outcome }: LiveProps) => {
  const may = useMay('member')
  return (
    <>
      <SendLive activity={activity} outcome={outcome} />
      <Replacement id="envelope">
        <Envelope activity={activity} />
      </Replacement>
      {may && (
        <Replacement id="send-link">
          <SendLink {...activity} />
        </Replacement>
      )}
      <Replacement id="deliveries">
        <DeliveriesPanel activity={activity} />
      </Replacement>
      <Replacement id="history">
        <History activity={activity} />
      </Replacement>
    </>
  )
}

const Replacement = ({ id, children }: { id: string; children: Child }) => (
  <hx-partial hx-target={`#${id}`} hx-swap="outerMorph">
    {children}
  </hx-partial>
)

const Waiting = ({ send, documentId }: { send: DocumentSend; documentId: string }) => {
  const { t } = useFrame()
  const may = useMay('member')
  const schedule = routes.sendSchedule(documentId, send.id)
  const cancellation = routes.sendCancellation(documentId, send.id)
  return (
    <Notice tone="busy">
      <p>
        <When send={send} />
      </p>
      {may && (
        <>
          <p class="small muted">{t('send.undo.hint')}</p>
          <div class="cluster">
            <form
              method="post"
              action={cancellation}
              hx-post={cancellation}
              hx-target="#send-live"
              hx-swap="outerMorph"
            >
              <button type="submit" class="small">
                <Icon name="undo-2" />
                {t(send.scheduledFor === null ? 'send.undo' : 'send.cancel')}
              </button>
            </form>
            <a href={schedule}>{t('send.reschedule')}</a>
          </div>
        </>
      )}
    </Notice>
  )
}

const When = ({ send }: { send: DocumentSend }) => {
  const { language, now } = useFrame()
  const waiting = waitingOf(send)
  const dueAt = Math.min(...waiting.map((delivery) => delivery.dueAt ?? now))
  if (send.scheduledFor !== null && dueAt > now)
    return (
      <>
        {plural(language, 'send.waiting.scheduled', waiting.length)} <ExactTime at={dueAt} /> (<Time at={dueAt} />)
      </>
    )
  if (waiting.some(isHeld)) return <>{plural(language, 'send.waiting.held', waiting.length)}</>
  if (waiting.some(({ restingSince }) => restingSince !== null))
    return <>{plural(language, 'send.waiting.rests', waiting.length)}</>
  if (dueAt <= now) return <>{plural(language, 'send.waiting.any_moment', waiting.length)}</>
  return (
    <>
      {plural(language, 'send.waiting.batch', waiting.length)}{' '}
      {/* The id contains the time, so that the countdown restarts when the time changes. */}
      <span id={`leaves-${send.id}-${dueAt}`}>
        <Countdown until={dueAt} />
      </span>
    </>
  )
}
