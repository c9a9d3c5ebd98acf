/** Calls of providers' webhooks as those would make them, signed with keys of the tests. */
import { createHmac, type KeyObject, sign } from 'node:crypto'
import type { WebhookCall } from '../../src/webhooks/providers/provider-webhook'

export const NOW = Date.UTC(2026, 10, 24, 10)
export const DELIVERY = 'dlv_01kb0abcdefghjkmnpqrstvwxy'

const bytes = (body: unknown): Uint8Array =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))

export const call = (body: unknown, headers: Record<string, string> = {}, now = NOW): WebhookCall => ({
  headers: new Headers(headers),
  body: body instanceof Uint8Array ? body : bytes(body),
  now,
})

/** Changes one byte at the end of a body, which leaves it valid JSON. */
export const tampered = ({ body, ...rest }: WebhookCall): WebhookCall => ({
  ...rest,
  body: new Uint8Array([...body, 0x20]),
})

export const seconds = (ms: number): string => String(Math.floor(ms / 1000))

export function svixCall(body: unknown, secret: string, { id = 'msg_1', at = NOW, now = NOW } = {}): WebhookCall {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = createHmac('sha256', key)
    .update(`${id}.${seconds(at)}.`)
    .update(bytes(body))
    .digest('base64')
  const headers = { 'svix-id': id, 'svix-timestamp': seconds(at), 'svix-signature': `v1,${signed}` }
  return call(body, headers, now)
}

export function sendgridCall(body: unknown, key: KeyObject, { at = NOW, now = NOW } = {}): WebhookCall {
  const signature = sign('sha256', Buffer.concat([Buffer.from(seconds(at)), bytes(body)]), key)
  const headers = {
    'x-twilio-email-event-webhook-timestamp': seconds(at),
    'x-twilio-email-event-webhook-signature': signature.toString('base64'),
  }
  return call(body, headers, now)
}

export function mailgunCall(event: unknown, key: string, { at = NOW, now = NOW, token = 'a'.repeat(50) } = {}) {
  const signature = createHmac('sha256', key)
    .update(`${seconds(at)}${token}`)
    .digest('hex')
  return call({ signature: { timestamp: seconds(at), token, signature }, 'event-data': event }, {}, now)
}

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:facteur'

/** Wraps the event as SNS does. Signed by `signSns`. */
export const snsMessage = (event: unknown, change: object = {}) => ({
  Type: 'Notification',
  MessageId: '792cda85-518f-5dd3-9163-81d851212f3a',
  TopicArn: TOPIC,
  Message: typeof event === 'string' ? event : JSON.stringify(event),
  Timestamp: '2026-11-24T09:59:59.000Z',
  SignatureVersion: '2',
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-test.pem',
  ...change,
})

const SIGNED_KEYS = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']

export function signSns<T extends object>(message: T, key: KeyObject) {
  const fields = new Map(Object.entries(message))
  const text = SIGNED_KEYS.filter((name) => fields.has(name)).map((name) => `${name}\n${fields.get(name)}\n`)
  const digest = fields.get('SignatureVersion') === '1' ? 'sha1' : 'sha256'
  return { ...message, Signature: sign(digest, Buffer.from(text.join('')), key).toString('base64') }
}
