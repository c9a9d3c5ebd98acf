/**
 * SendGrid: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event, signatures:
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
import { createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto'
import type { EventClass } from '../../domain/delivery-event'
import { isObject, textAt, valueAt } from '../../domain/untrusted-json'
import { type ClassTable, classNamed } from './class-table'
import type { ProviderWebhook, ReportedEvent, Verification, WebhookCall, WebhookSecrets } from './provider-webhook'
import { reportedEvent } from './reported-event'
import { HOUR_MS, isCurrent } from './signed-time'
import { readItems } from './webhook-body'

export const sendgridWebhook: ProviderWebhook = { verify, read: readItems(eventOf) }

/**
 * SendGrid repeats for 24 hours, and says nowhere whether it signs a repeat anew: a narrower window could lose events. A replay within it
 * finds the same keys and changes nothing.
 */
const TOLERANCE = { pastMs: 26 * HOUR_MS, futureMs: HOUR_MS }

async function verify({ headers, body, now }: WebhookCall, { keys }: WebhookSecrets): Promise<Verification> {
  const timestamp = headers.get('x-twilio-email-event-webhook-timestamp') ?? ''
  const signature = Buffer.from(headers.get('x-twilio-email-event-webhook-signature') ?? '', 'base64')
  if (signature.length === 0 || !isCurrent(timestamp, now, TOLERANCE)) return { verdict: 'forged' }
  const signed = Buffer.concat([Buffer.from(timestamp), body])
  const fits = keys.map(publicKey).some((key) => key !== undefined && isSigned(signed, key, signature))
  return { verdict: fits ? 'genuine' : 'forged' }
}

/** Reads a public key (base64 of its SPKI, with or without the lines of PEM around it); undefined if it is none. */
function publicKey(text: string): KeyObject | undefined {
  try {
    const base64 = text.replace(/-----[A-Z ]+-----/g, '').replace(/\s+/g, '')
    return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

/** Checks an ECDSA signature in DER. One that is no DER is no signature. */
function isSigned(bytes: Buffer, key: KeyObject, signature: Buffer): boolean {
  try {
    return key.asymmetricKeyType === 'ec' && verifySignature('sha256', bytes, key, signature)
  } catch {
    return false
  }
}

const CLASSES: ClassTable = {
  processed: 'sent',
  deferred: 'deferred',
  delivered: 'delivered',
  spamreport: 'complained',
  unsubscribe: 'unsubscribed',
  group_unsubscribe: 'unsubscribed',
  group_resubscribe: 'resubscribed',
  open: 'opened',
  click: 'clicked',
}

function eventOf(item: unknown, now: number): ReportedEvent[] {
  const type = textAt(item, 'event')
  if (!isObject(item) || type === '') return []
  const messageId = textAt(item, 'sg_message_id')
  const recipient = textAt(item, 'email')
  const at = valueAt(item, 'timestamp')
  const { eventClass, reason } = meaningOf(type, item)
  return [
    reportedEvent(
      {
        type,
        class: eventClass,
        // Not by `sg_event_id`, which has changed between repeats.
        key: [
          messageId || textAt(item, 'smtp-id'),
          recipient,
          type,
          textAt(item, 'timestamp'),
          textAt(item, 'delivery'),
        ],
        // Custom arguments stand beside the fields of SendGrid.
        idSources: [textAt(item, 'delivery'), textAt(item, 'smtp-id')],
        providerMessageId: acceptedId(messageId),
        recipient,
        at,
        text: [textAt(item, 'reason') || textAt(item, 'response'), isBounce(type) ? textAt(item, 'status') : ''],
        ...(reason && { reason }),
      },
      now,
    ),
  ]
}

/** The id of the answer is what stands before the first dot, unless it is left out and the name of a machine begins. */
function acceptedId(messageId: string): string {
  const [first = ''] = messageId.split('.', 1)
  return /^(st)?filter|^recvd-/.test(first) ? '' : first
}

interface Meaning {
  eventClass: EventClass
  reason?: string
}

function meaningOf(type: string, item: object): Meaning {
  if (isBounce(type)) return { eventClass: bounceClass(item) }
  if (type === 'dropped') return dropMeaning(textAt(item, 'reason'))
  return { eventClass: classNamed(CLASSES, type) }
}

const isBounce = (type: string): boolean => type === 'bounce'

/** `blocked` and `expired` say nothing against the address. A bounce without a type is hard if the server refused it for good. */
function bounceClass(item: object): EventClass {
  const type = textAt(item, 'type')
  const status =
    textAt(item, 'status') || (/\b[45](?=\d\d\b|\.\d)/.exec(textAt(item, 'reason').slice(0, 200))?.[0] ?? '')
  if (type === 'bounce') return status.startsWith('4') ? 'bounced_soft' : 'bounced_hard'
  const hasType = valueAt(item, 'type') !== undefined
  return !hasType && status.startsWith('5') ? 'bounced_hard' : 'bounced_soft'
}

/** SendGrid drops a mail for its own lists, or because of what we sent; only the former says something of the address. */
function dropMeaning(words: string): Meaning {
  if (/spam content/i.test(words)) return { eventClass: 'failed', reason: 'message_refused' }
  if (/quota|over package/i.test(words)) return { eventClass: 'failed', reason: 'quota_exhausted' }
  if (/smtpapi|template|substitution/i.test(words)) return { eventClass: 'failed', reason: 'message_refused' }
  if (/unsubscribe/i.test(words)) return { eventClass: 'dropped', reason: 'unsubscribed' }
  if (/spam report/i.test(words)) return { eventClass: 'dropped', reason: 'complaint' }
  if (/bounce/i.test(words)) return { eventClass: 'dropped', reason: 'hard_bounce' }
  return { eventClass: 'dropped', reason: /^invalid/i.test(words) ? 'address_invalid' : 'provider_suppression' }
}
