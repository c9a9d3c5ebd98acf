/** Resend: https://resend.com/docs/webhooks/introduction, signed by Svix (https://docs.svix.com/receiving/verifying-payloads/how-manual) */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { EventClass } from '../../domain/delivery-event'
import { isObject, listAt, textAt, valueAt } from '../../domain/untrusted-json'
import { type ClassTable, classNamed } from './class-table'
import type { ProviderWebhook, ReportedEvent, Verification, WebhookCall, WebhookSecrets } from './provider-webhook'
import { reportedEvent } from './reported-event'
import { isCurrent, MINUTE_MS } from './signed-time'
import { bodyJson } from './webhook-body'

export const resendWebhook: ProviderWebhook = { verify, read }

/** Svix signs each repeat anew, so five minutes are enough. */
const TOLERANCE = { pastMs: 5 * MINUTE_MS, futureMs: 5 * MINUTE_MS }

/** A real header has one signature for each secret that is valid. */
const MAX_SIGNATURES = 20

/** Returns a header of Svix under its own name or that of the standard (standardwebhooks.com). */
const header = (headers: Headers, name: string): string =>
  headers.get(`svix-${name}`) ?? headers.get(`webhook-${name}`) ?? ''

async function verify({ headers, body, now }: WebhookCall, { keys }: WebhookSecrets): Promise<Verification> {
  const id = header(headers, 'id')
  const timestamp = header(headers, 'timestamp')
  if (id === '' || !isCurrent(timestamp, now, TOLERANCE)) return { verdict: 'forged' }
  const given = header(headers, 'signature')
    .split(' ', MAX_SIGNATURES)
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'))
  const expected = keys.map(keyBytes).filter(hasBytes)
  const fits = expected.flatMap((key) => {
    const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
    return given.map((signature) => signature.length === mac.length && timingSafeEqual(signature, mac))
  })
  return { verdict: fits.includes(true) ? 'genuine' : 'forged' }
}

const keyBytes = (secret: string): Buffer => Buffer.from(secret.trim().replace(/^whsec_/, ''), 'base64')
const hasBytes = (key: Buffer): boolean => key.length > 0

const CLASSES: ClassTable = {
  'email.scheduled': 'queued',
  'email.sent': 'sent',
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'deferred',
  'email.failed': 'failed',
  'email.suppressed': 'dropped',
  'email.complained': 'complained',
  'email.opened': 'opened',
  'email.clicked': 'clicked',
  'suppression.removed': 'resubscribed',
}

function read({ headers, body, now }: WebhookCall): ReportedEvent[] | undefined {
  const json = bodyJson(body)
  const type = textAt(json, 'type')
  const data = valueAt(json, 'data')
  if (type === '' || !isObject(data)) return undefined
  const eventClass = classOf(type, data)
  const recipients = listAt(data, 'to')
  return [
    reportedEvent(
      {
        type,
        class: eventClass,
        // The id stays the same when a call is repeated.
        key: [header(headers, 'id') || JSON.stringify(json)],
        idSources: [...tagsOf(data), ...headerValues(data, 'x-facteur-delivery'), textAt(data, 'message_id')],
        providerMessageId: textAt(data, 'email_id'),
        // Our mails have one recipient; an event of several does not say which one it is about.
        recipient: recipients.length === 1 ? textAt(recipients, 0) : textAt(data, 'email'),
        at: textAt(data, 'click', 'timestamp') || textAt(json, 'created_at'),
        text: [
          ...listAt(data, 'bounce', 'diagnosticCode').map((code) => textAt([code], 0)),
          ...listAt(data, 'suppressed', 'diagnosticCode').map((code) => textAt([code], 0)),
          textAt(data, 'bounce', 'message'),
          textAt(data, 'suppressed', 'message'),
          textAt(data, 'failed', 'reason'),
        ],
        ...(eventClass === 'dropped' && { reason: dropReason(data) }),
        ...(eventClass === 'failed' && { reason: failReason(data) }),
      },
      now,
    ),
  ]
}

/** Tags come as an object, but are sent as a list. */
const tagsOf = (data: object): string[] => [
  textAt(data, 'tags', 'delivery'),
  ...listAt(data, 'tags')
    .filter((tag) => textAt(tag, 'name') === 'delivery')
    .map((tag) => textAt(tag, 'value')),
]

const headerValues = (data: object, name: string): string[] =>
  listAt(data, 'headers')
    .filter((one) => textAt(one, 'name').toLowerCase() === name)
    .map((one) => textAt(one, 'value'))

function classOf(type: string, data: object): EventClass {
  if (type === 'email.bounced') return bounceClass(data)
  if (type === 'contact.updated') return contactClass(valueAt(data, 'unsubscribed'))
  return classNamed(CLASSES, type)
}

const contactClass = (unsubscribed: unknown): EventClass =>
  unsubscribed === true ? 'unsubscribed' : unsubscribed === false ? 'resubscribed' : 'ignored'

/** Sub-types of a permanent bounce that are about the address. Others are about the mail, or not known to us. */
const ABOUT_THE_ADDRESS = ['General', 'NoEmail', 'Undetermined']

function bounceClass(data: object): EventClass {
  const subType = textAt(data, 'bounce', 'subType')
  const message = textAt(data, 'bounce', 'message')
  if (/suppress/i.test(subType || message)) return 'dropped'
  const type = valueAt(data, 'bounce', 'type')
  const isPermanent = type === 'Permanent' && ABOUT_THE_ADDRESS.includes(subType)
  // In 2023 bounces had a message only.
  const saysSo = (type === undefined || type === 'Permanent') && subType === '' && HARD_WORDS.test(message)
  return isPermanent || saysSo ? 'bounced_hard' : 'bounced_soft'
}

const HARD_WORDS = /hard bounce|does not exist|user unknown|unknown user|\b5\.1\.\d/i

function dropReason(data: object): string {
  const words = `${textAt(data, 'suppressed', 'reason')} ${textAt(data, 'bounce', 'message')}`
  if (/complain/i.test(words)) return 'complaint'
  return /bounce/i.test(words) ? 'hard_bounce' : 'provider_suppression'
}

const failReason = (data: object): string =>
  /quota/i.test(textAt(data, 'failed', 'reason')) ? 'quota_exhausted' : 'message_refused'
