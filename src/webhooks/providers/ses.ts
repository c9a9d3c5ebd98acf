/**
 * Amazon SES, through SNS: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html and
 * …/notification-contents.html. Both kinds of reports are read.
 */
import type { EventClass } from '../../domain/delivery-event'
import { isObject, listAt, textAt, valueAt } from '../../domain/untrusted-json'
import { type ClassTable, classNamed } from './class-table'
import type { ProviderWebhook, ReportedEvent, WebhookCall } from './provider-webhook'
import { reportedEvent } from './reported-event'
import { confirmSubscription, readSnsMessage, type SnsMessage, type SnsNetwork, verifySns } from './sns'
import { parseJson } from './webhook-body'

export const sesWebhook = (network: SnsNetwork): ProviderWebhook => ({
  async verify({ body }, { topics = [] }) {
    const message = readSnsMessage(body)
    return message ? verifySns(message, topics, network) : { verdict: 'forged' }
  },
  read,
  async confirm({ body }) {
    const message = readSnsMessage(body)
    return message === undefined || confirmSubscription(message, network)
  },
})

/** Reads the events, one for each recipient. What else Amazon says through a topic of ours has none. */
function read({ body, now }: WebhookCall): ReportedEvent[] | undefined {
  const message = readSnsMessage(body)
  if (!message) return undefined
  const json = message.type === 'Notification' ? parseJson(message.text) : undefined
  const kind = textAt(json, 'eventType') || textAt(json, 'notificationType')
  if (!isObject(json) || kind === '') return []
  return recipientsOf(kind, json)
    .slice(0, MAX_RECIPIENTS)
    .map((recipient) => eventOf({ message, kind, json, recipient, now }))
}

/** SES allows 50 in a mail; ours have one. */
const MAX_RECIPIENTS = 100

/** Where each kind has what it says; kinds that are missing say it of the whole mail. */
const DETAILS = new Map<string, { details: string; recipients?: string }>([
  ['Bounce', { details: 'bounce', recipients: 'bouncedRecipients' }],
  ['Complaint', { details: 'complaint', recipients: 'complainedRecipients' }],
  ['Delivery', { details: 'delivery', recipients: 'recipients' }],
  ['DeliveryDelay', { details: 'deliveryDelay', recipients: 'delayedRecipients' }],
  ['Reject', { details: 'reject' }],
  ['Rendering Failure', { details: 'failure' }],
  ['Open', { details: 'open' }],
  ['Click', { details: 'click' }],
  ['Subscription', { details: 'subscription' }],
])

const detailsOf = (kind: string, json: object): unknown => valueAt(json, DETAILS.get(kind)?.details ?? '')

/** Returns the recipients that the event is about: addresses, or objects that say more of each. At least one. */
function recipientsOf(kind: string, json: object): unknown[] {
  const named = listAt(detailsOf(kind, json), DETAILS.get(kind)?.recipients ?? '')
  if (named.length > 0) return named
  const all = listAt(json, 'mail', 'destination')
  return all.length > 0 ? all : ['']
}

interface Part {
  message: SnsMessage
  kind: string
  json: object
  recipient: unknown
  now: number
}

function eventOf({ message, kind, json, recipient, now }: Part): ReportedEvent {
  const details = detailsOf(kind, json)
  const mail = valueAt(json, 'mail')
  const address = textAt(recipient, 'emailAddress') || textAt([recipient], 0)
  const eventClass = classOf(kind, details, recipient)
  return reportedEvent(
    {
      type: [kind, textAt(details, 'bounceType'), subTypeOf(details)].filter((part) => part !== '').join('/'),
      class: eventClass,
      // Bounces and complaints have an id of their own, which is the same in both kinds of reports; others that of the SNS message.
      key: [textAt(details, 'feedbackId') || message.id, kind, address],
      idSources: [
        ...listAt(mail, 'tags', 'delivery').map((tag) => textAt([tag], 0)),
        ...headersNamed(mail, 'x-facteur-delivery'),
        ...headersNamed(mail, 'message-id'),
        textAt(mail, 'commonHeaders', 'messageId'),
      ],
      providerMessageId: textAt(mail, 'messageId'),
      recipient: address,
      at: textAt(details, 'timestamp') || textAt(mail, 'timestamp'),
      text: [
        textAt(recipient, 'diagnosticCode'),
        textAt(recipient, 'status'),
        textAt(details, 'smtpResponse'),
        textAt(details, 'reason'),
        textAt(details, 'errorMessage'),
      ],
      ...(eventClass === 'dropped' && { reason: dropReason(kind, details) }),
      ...(eventClass === 'failed' && { reason: kind === 'Reject' ? 'message_refused' : 'render_failed' }),
    },
    now,
  )
}

const subTypeOf = (details: unknown): string =>
  textAt(details, 'bounceSubType') || textAt(details, 'complaintSubType') || textAt(details, 'complaintFeedbackType')

const headersNamed = (mail: unknown, name: string): string[] =>
  listAt(mail, 'headers')
    .filter((header) => textAt(header, 'name').toLowerCase() === name)
    .map((header) => textAt(header, 'value'))

const CLASSES: ClassTable = {
  Send: 'sent',
  Delivery: 'delivered',
  DeliveryDelay: 'deferred',
  Reject: 'failed',
  'Rendering Failure': 'failed',
  Open: 'opened',
  Click: 'clicked',
}

function classOf(kind: string, details: unknown, recipient: unknown): EventClass {
  switch (kind) {
    case 'Bounce':
      return bounceClass(details, recipient)
    case 'Complaint':
      return complaintClass(details)
    case 'Subscription':
      return subscriptionClass(valueAt(details, 'newTopicPreferences'))
    default:
      return classNamed(CLASSES, kind)
  }
}

/** Sub-types for an address that SES did not even try. */
const NOT_TRIED = ['Suppressed', 'OnAccountSuppressionList', 'UnsubscribedRecipient']

/** Classifies a bounce, for each recipient: one of several may only have been delayed. */
function bounceClass(details: unknown, recipient: unknown): EventClass {
  const subType = textAt(details, 'bounceSubType')
  if (NOT_TRIED.includes(subType)) return 'dropped'
  const isHard = textAt(details, 'bounceType') === 'Permanent' && (subType === 'General' || subType === 'NoEmail')
  return isHard && !textAt(recipient, 'status').startsWith('4') ? 'bounced_hard' : 'bounced_soft'
}

function complaintClass(details: unknown): EventClass {
  if (textAt(details, 'complaintFeedbackType') === 'not-spam') return 'ignored'
  return NOT_TRIED.includes(textAt(details, 'complaintSubType')) ? 'dropped' : 'complained'
}

function subscriptionClass(wishes: unknown): EventClass {
  const topics = listAt(wishes, 'topicSubscriptionStatus').map((topic) => textAt(topic, 'subscriptionStatus'))
  if (valueAt(wishes, 'unsubscribeAll') === true || topics.includes('OptOut')) return 'unsubscribed'
  return topics.includes('OptIn') ? 'resubscribed' : 'ignored'
}

function dropReason(kind: string, details: unknown): string {
  if (kind === 'Complaint') return 'complaint'
  return textAt(details, 'bounceSubType') === 'UnsubscribedRecipient' ? 'unsubscribed' : 'provider_suppression'
}
