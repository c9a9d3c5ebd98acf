/** Mailgun: https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks and …/events/event-structure */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { EventClass } from '../../domain/delivery-event'
import { isObject, textAt, valueAt } from '../../domain/untrusted-json'
import { type ClassTable, classNamed } from './class-table'
import type { ProviderWebhook, ReportedEvent, Verification, WebhookCall, WebhookSecrets } from './provider-webhook'
import { reportedEvent } from './reported-event'
import { HOUR_MS, isCurrent, MINUTE_MS } from './signed-time'
import { bodyJson } from './webhook-body'

export const mailgunWebhook: ProviderWebhook = { verify, read }

/** Repeats span eight hours. */
const TOLERANCE = { pastMs: 9 * HOUR_MS, futureMs: 5 * MINUTE_MS }

/** Verifies time and token, which are all that Mailgun signs: so the token must not be taken twice. */
async function verify({ body, now }: WebhookCall, { keys }: WebhookSecrets): Promise<Verification> {
  const signature = valueAt(bodyJson(body), 'signature')
  const timestamp = textAt(signature, 'timestamp')
  const token = textAt(signature, 'token')
  const given = textAt(signature, 'signature').toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(given) || !/^[\w-]{16,100}$/.test(token) || !isCurrent(timestamp, now, TOLERANCE)) {
    return { verdict: 'forged' }
  }
  const fits = keys
    .filter((key) => key !== '')
    .map((key) => createHmac('sha256', key).update(`${timestamp}${token}`).digest())
    .map((mac) => timingSafeEqual(mac, Buffer.from(given, 'hex')))
  return fits.includes(true) ? { verdict: 'genuine', replayKey: token } : { verdict: 'forged' }
}

const CLASSES: ClassTable = {
  accepted: 'queued',
  delivered: 'delivered',
  complained: 'complained',
  unsubscribed: 'unsubscribed',
  opened: 'opened',
  clicked: 'clicked',
  rejected: 'failed',
}

function read({ body, now }: WebhookCall): ReportedEvent[] | undefined {
  const json = bodyJson(body)
  const event = valueAt(json, 'event-data')
  const type = textAt(event, 'event')
  if (!isObject(event) || type === '') return undefined
  const status = valueAt(event, 'delivery-status')
  const messageId = textAt(event, 'message', 'headers', 'message-id')
  const at = valueAt(event, 'timestamp')
  const eventClass = type === 'failed' ? failureClass(event, status) : classNamed(CLASSES, type)
  const recipient = textAt(event, 'recipient')
  return [
    reportedEvent(
      {
        type: [type, textAt(event, 'severity'), textAt(event, 'reason')].filter((part) => part !== '').join('/'),
        class: eventClass,
        // Its ids are unique within a day.
        key: [textAt(event, 'id') || `${messageId} ${recipient} ${type}`, textAt(event, 'timestamp')],
        idSources: [textAt(event, 'user-variables', 'delivery'), messageId],
        providerMessageId: messageId,
        recipient,
        at,
        text: responseOf(event, status),
        ...(eventClass === 'dropped' && { reason: dropReason(event, status) }),
        ...(eventClass === 'failed' && { reason: 'message_refused' }),
      },
      now,
    ),
  ]
}

/** `550`, `5.1.1` and the server's words, each as far as it is named. */
function responseOf(event: object, status: unknown): string[] {
  const words = textAt(status, 'message') || textAt(status, 'description') || textAt(event, 'reject', 'reason')
  const codes = [textAt(status, 'code'), textAt(status, 'enhanced-code')].filter(
    (code) => code !== '' && !words.startsWith(code),
  )
  return [[...codes, words].join(' ')]
}

/** Codes of Mailgun's own, for an address on one of its lists. */
const DROP_CODES = ['605', '606', '607', '625']

/** Classifies a failure: hard only if the server refused the address itself, by reason `bounce` or an enhanced status 5.1.x (RFC 3463). */
function failureClass(event: object, status: unknown): EventClass {
  const reason = textAt(event, 'reason')
  const code = textAt(status, 'code')
  const severity = textAt(event, 'severity')
  if (reason.startsWith('suppress-') || DROP_CODES.includes(code)) return 'dropped'
  if (severity === 'temporary' || (severity === '' && code.startsWith('4'))) return 'deferred'
  if (severity !== 'permanent' || !/^5\d\d$/.test(code)) return 'bounced_soft'
  const enhanced = textAt(status, 'enhanced-code') || textAt(status, 'message').slice(0, 20)
  if (/^5\.1\.[0-46]\b/.test(enhanced) && reason === 'generic') return 'bounced_hard'
  return reason === 'bounce' ? 'bounced_hard' : 'bounced_soft'
}

function dropReason(event: object, status: unknown): string {
  const reason = textAt(event, 'reason')
  const code = textAt(status, 'code')
  if (reason === 'suppress-bounce' || code === '605') return 'hard_bounce'
  if (reason === 'suppress-unsubscribe' || code === '606') return 'unsubscribed'
  if (reason === 'suppress-complaint' || code === '607') return 'complaint'
  return 'provider_suppression'
}
