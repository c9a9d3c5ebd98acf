import type { OutgoingEvent, WebhookCall } from '../../db/webhook-calls'
import type { WebhookEndpoint } from '../../db/webhook-endpoints'
import { EVENT_DAYS } from '../../domain/outgoing-event'
import type { CallAttempt, CallState } from '../../domain/webhook-call'
import { plural } from '../../i18n'
import { formatTime } from '../../i18n/format'
import { routes } from '../../routes'
import { Badge, type Tone } from '../ui/badge'
import { useFrame } from '../ui/frame'
import type { IconName } from '../ui/icon-names'
import { useMay } from '../ui/may'
import { Pages } from '../ui/pages'
import { ExactTime, Time } from '../ui/values'

interface LoggedCall {
  call: WebhookCall
  event: OutgoingEvent
}

/** Calls, newest first, and the paths of the first page and of an older one. */
export interface CallPage {
  shown: LoggedCall[]
  first: string | undefined
  next: string | undefined
}

/** Shows what was posted to an endpoint, and what it answered. */
export const WebhookLog = ({ endpoint, calls }: { endpoint: WebhookEndpoint; calls: CallPage }) => {
  const { t } = useFrame()
  const mayRepeat = useMay('admin') && endpoint.disabledAt === null
  return (
    <section class="stack" aria-labelledby="log">
      <h2 id="log">{t('webhooks.log')}</h2>
      <p class="muted">{t('webhooks.log.text', { days: EVENT_DAYS })}</p>
      {calls.shown.length === 0 ? (
        <p>{t('webhooks.log.none')}</p>
      ) : (
        <ul class="card flush people">
          {calls.shown.map((logged) => (
            <CallRow {...logged} mayRepeat={mayRepeat} />
          ))}
        </ul>
      )}
      <Pages first={calls.first} next={calls.next} nextLabel="documents.older" />
    </section>
  )
}

const LOOKS: Record<CallState, { tone: Tone; icon: IconName }> = {
  waiting: { tone: 'busy', icon: 'clock' },
  done: { tone: 'good', icon: 'circle-check' },
  failed: { tone: 'bad', icon: 'circle-x' },
  stopped: { tone: 'idle', icon: 'ban' },
}

const CallRow = ({ call, event, mayRepeat }: LoggedCall & { mayRepeat: boolean }) => {
  const { t, language, timeZone } = useFrame()
  const time = formatTime(event.at, language, timeZone)
  return (
    <li>
      <div class="cluster">
        <Badge {...LOOKS[call.state]}>{t(`webhooks.call.${call.state}`)}</Badge>
        <code class="break-all">{event.type}</code>
        <span class="muted small push">
          <Time at={event.at} />
        </span>
      </div>
      <Attempts call={call} />
      {mayRepeat && (call.state !== 'waiting' || call.log.length > 0) && (
        <form method="post" action={routes.webhookRepeats(call.endpointId, call.eventId)}>
          <button type="submit" class="small" aria-label={t('webhooks.repeat.named', { type: event.type, time })}>
            {t('webhooks.repeat')}
          </button>
        </form>
      )}
    </li>
  )
}

const Attempts = ({ call: { log, attempts, state, dueAt } }: { call: WebhookCall }) => {
  const { t, language, timeZone } = useFrame()
  const last = log.at(-1)
  if (!last) return <p class="muted small">{t(state === 'waiting' ? 'webhooks.call.soon' : 'webhooks.call.never')}</p>
  const next = state === 'waiting' && dueAt !== null && formatTime(dueAt, language, timeZone)
  return (
    <details class="small">
      <summary>
        {plural(language, 'webhooks.attempts', Math.max(attempts, log.length))} · <Outcome attempt={last} />
        {next && ` · ${t('webhooks.call.next', { time: next })}`}
      </summary>
      <dl class="facts">
        {log.toReversed().map((attempt) => (
          <>
            <dt>
              <ExactTime at={attempt.at} />
            </dt>
            <dd class="break-all">
              <Outcome attempt={attempt} /> · {attempt.ms} ms
              {attempt.text && (
                <p>
                  <samp class="muted" lang="">
                    {attempt.text}
                  </samp>
                </p>
              )}
            </dd>
          </>
        ))}
      </dl>
    </details>
  )
}

const Outcome = ({ attempt: { status } }: { attempt: CallAttempt }) => {
  const { t } = useFrame()
  return <>{status === null ? t('webhooks.no_answer') : t('webhooks.status', { status })}</>
}
