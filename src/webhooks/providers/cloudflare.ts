/** Cloudflare Email Service: https://developers.cloudflare.com/queues/event-subscriptions/events-schemas/ */
import type { EventClass } from '../../domain/delivery-event'
import { isObject, textAt, valueAt } from '../../domain/untrusted-json'
import { type ClassTable, classNamed } from './class-table'
import type { ReportedEvent } from './provider-webhook'
import { reportedEvent } from './reported-event'

const PREFIX = 'cf.email.sending.message.'

const CLASSES: ClassTable = {
  delivered: 'delivered',
  deferred: 'deferred',
  failed: 'failed',
  complained: 'complained',
}

/**
 * Reads the body of a queue message (an event subscription: only Cloudflare writes to that queue). It names no id of ours, so the event is
 * matched by the provider's.
 * @param now epoch ms
 */
export function readCloudflareEvent(message: unknown, now: number): ReportedEvent[] | undefined {
  const type = textAt(message, 'type')
  const payload = valueAt(message, 'payload')
  if (!type.startsWith(PREFIX) || !isObject(payload)) return undefined
  const { eventClass, reason } = meaningOf(type.slice(PREFIX.length), payload)
  return [
    reportedEvent(
      {
        type,
        class: eventClass,
        key: [textAt(payload, 'eventId') || JSON.stringify(message)],
        idSources: [],
        providerMessageId: textAt(payload, 'messageId'),
        recipient: textAt(payload, 'recipient'),
        at: textAt(message, 'metadata', 'eventTimestamp'),
        text: [
          textAt(payload, 'delivery', 'smtpResponse'),
          textAt(payload, 'bounce', 'reason'),
          textAt(payload, 'rejection', 'detail') || textAt(payload, 'rejection', 'reason'),
          textAt(payload, 'failure', 'reason'),
        ],
        ...(reason && { reason }),
      },
      now,
    ),
  ]
}

interface Meaning {
  eventClass: EventClass
  reason?: string
}

function meaningOf(name: string, payload: object): Meaning {
  switch (name) {
    case 'bounced':
      // Soft = the repeats are used up.
      return { eventClass: textAt(payload, 'bounce', 'type') === 'hard' ? 'bounced_hard' : 'bounced_soft' }
    case 'rejected':
      return rejection(payload)
    case 'failed':
      return { eventClass: 'failed', reason: 'message_refused' }
    default:
      return { eventClass: classNamed(CLASSES, name) }
  }
}

/** Rejected before it was sent: for Cloudflare's list of suppressed recipients, or for something of ours (validation, spam). */
function rejection(payload: object): Meaning {
  const why = textAt(payload, 'rejection', 'reason')
  const isList = textAt(payload, 'rejection', 'party') !== 'sender' && (why === '' || /suppress/i.test(why))
  return isList
    ? { eventClass: 'dropped', reason: 'provider_suppression' }
    : { eventClass: 'failed', reason: 'message_refused' }
}
