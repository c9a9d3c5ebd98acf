/** Brevo: https://developers.brevo.com/docs/transactional-webhooks */
import type { EventClass } from '../../domain/delivery-event'
import { isObject, listAt, textAt, valueAt } from '../../domain/untrusted-json'
import { type ClassTable, classNamed } from './class-table'
import type { ProviderWebhook, ReportedEvent } from './provider-webhook'
import { reportedEvent } from './reported-event'
import { verifySharedSecret } from './shared-secret'
import { parseJson, readItems } from './webhook-body'

/** Brevo signs nothing: it sends a bearer token, a header of ours, or the password in the webhook's address. */
export const brevoWebhook: ProviderWebhook = { verify: verifySharedSecret, read: readItems(eventOf) }

/** Without underscores and in lower case: Brevo spells some names in two ways. */
const CLASSES: ClassTable = {
  request: 'queued',
  delivered: 'delivered',
  deferred: 'deferred',
  hardbounce: 'bounced_hard',
  invalidemail: 'bounced_hard',
  softbounce: 'bounced_soft',
  blocked: 'dropped',
  error: 'failed',
  spam: 'complained',
  complaint: 'complained',
  unsubscribe: 'unsubscribed',
  unsubscribed: 'unsubscribed',
  opened: 'opened',
  uniqueopened: 'opened',
  proxyopen: 'opened',
  uniqueproxyopen: 'opened',
  click: 'clicked',
}

function eventOf(item: unknown, now: number): ReportedEvent[] {
  const type = textAt(item, 'event')
  if (!isObject(item) || type === '') return []
  const messageId = textAt(item, 'message-id')
  const recipient = textAt(item, 'email')
  // `date` is in the account's own zone, and so may be the others.
  const at = valueAt(item, 'ts_epoch') ?? valueAt(item, 'ts_event')
  const words = textAt(item, 'reason')
  const eventClass = classOf(type)
  return [
    reportedEvent(
      {
        type,
        class: eventClass,
        key: [messageId, type, recipient, textAt([at], 0)],
        idSources: [...tagsOf(item), textAt(item, 'X-Mailin-custom'), messageId],
        providerMessageId: messageId,
        recipient,
        at,
        text: [words],
        ...(eventClass === 'dropped' && { reason: dropReason(words) }),
        ...(eventClass === 'failed' && { reason: 'message_refused' }),
      },
      now,
    ),
  ]
}

const classOf = (type: string): EventClass => classNamed(CLASSES, type.replaceAll('_', '').toLowerCase())

/** `tags` is a list; `tag` is the same as JSON, or one tag alone. */
function tagsOf(item: object): string[] {
  const tag = textAt(item, 'tag')
  return [...listAt(item, 'tags'), ...listAt([parseJson(tag)], 0), tag].filter((one) => typeof one === 'string')
}

function dropReason(words: string): string {
  if (/unsubscri/i.test(words)) return 'unsubscribed'
  if (/spam|complain/i.test(words)) return 'complaint'
  return /bounce/i.test(words) ? 'hard_bounce' : 'provider_suppression'
}
