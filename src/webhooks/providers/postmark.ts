/** Postmark: https://postmarkapp.com/developer/webhooks/webhooks-overview */
import type { EventClass } from '../../domain/delivery-event'
import { isObject, textAt, valueAt } from '../../domain/untrusted-json'
import { type ClassTable, classNamed } from './class-table'
import type { ProviderWebhook, ReportedEvent, WebhookCall } from './provider-webhook'
import { reportedEvent } from './reported-event'
import { verifySharedSecret } from './shared-secret'
import { bodyJson } from './webhook-body'

/** Postmark signs nothing: it sends a header of ours, or the password in the webhook's address. */
export const postmarkWebhook: ProviderWebhook = { verify: verifySharedSecret, read }

/** By `Type`: the numbers of `TypeCode` differ between Postmark's own sources. */
const BOUNCES: ClassTable = {
  HardBounce: 'bounced_hard',
  BadEmailAddress: 'bounced_hard',
  Transient: 'deferred',
  SoftBounce: 'bounced_soft',
  DnsError: 'bounced_soft',
  Blocked: 'bounced_soft',
  SpamNotification: 'bounced_soft',
  VirusNotification: 'bounced_soft',
  DMARCPolicy: 'bounced_soft',
  Unknown: 'bounced_soft',
  ManuallyDeactivated: 'dropped',
  Unconfirmed: 'dropped',
  SMTPApiError: 'failed',
  TemplateRenderingFailed: 'failed',
  SpamComplaint: 'complained',
  Unsubscribe: 'unsubscribed',
  Subscribe: 'resubscribed',
}

const SUPPRESSIONS: ClassTable = {
  HardBounce: 'bounced_hard',
  SpamComplaint: 'complained',
  ManualSuppression: 'unsubscribed',
}

const TIMES = ['BouncedAt', 'DeliveredAt', 'ReceivedAt', 'ChangedAt']

function read({ body, now }: WebhookCall): ReportedEvent[] | undefined {
  const json = bodyJson(body)
  const record = textAt(json, 'RecordType')
  if (!isObject(json) || record === '') return undefined
  const kind = textAt(json, 'Type') || textAt(json, 'SuppressionReason')
  const at = TIMES.map((name) => textAt(json, name)).find((time) => time !== '') ?? ''
  const messageId = textAt(json, 'MessageID')
  const recipient = textAt(json, 'Recipient') || textAt(json, 'Email')
  const id = textAt(json, 'ID')
  const eventClass = classOf(record, kind, valueAt(json, 'SuppressSending'))
  return [
    reportedEvent(
      {
        type: kind && kind !== record ? `${record}/${kind}` : record,
        class: eventClass,
        key: id ? [record, id] : [record, messageId, recipient, at],
        idSources: [textAt(json, 'Metadata', 'delivery')],
        providerMessageId: messageId,
        recipient,
        at,
        text: [textAt(json, 'Details') || textAt(json, 'Description')],
        ...(eventClass === 'dropped' && { reason: 'provider_suppression' }),
        ...(eventClass === 'failed' && { reason: 'message_refused' }),
      },
      now,
    ),
  ]
}

function classOf(record: string, kind: string, suppressed: unknown): EventClass {
  switch (record) {
    case 'Delivery':
      return 'delivered'
    case 'Open':
      return 'opened'
    case 'Click':
      return 'clicked'
    case 'SpamComplaint':
      return 'complained'
    case 'Bounce':
      return classNamed(BOUNCES, kind)
    case 'SubscriptionChange':
      if (suppressed === true) return classNamed(SUPPRESSIONS, kind)
      return suppressed === false ? 'resubscribed' : 'ignored'
    default:
      return 'ignored'
  }
}
