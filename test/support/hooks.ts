/** Connections whose provider calls a webhook of the Worker, and its calls, signed as it signs them. */

import { env } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { sealHookSecret } from '../../src/commands/providers/connection-secrets'
import type { HttpProviderKind, ProviderKind } from '../../src/domain/provider'
import { routes } from '../../src/routes'
import type { WebhookCall } from '../../src/webhooks/providers/provider-webhook'
import type { Merchant } from './client'
import { testDeps } from './deps'
import { acceptedMail } from './failures'
import { invoiceFor, send } from './sendable'
import { call, DELIVERY, mailgunCall, sendgridCall, signSns, snsMessage, svixCall, TOPIC } from './webhook-calls'

const pems = import.meta.glob<string>('./tls/sns.pem', { query: '?raw', import: 'default', eager: true })
const pem = Object.values(pems)[0] ?? ''
const snsKey = createPrivateKey(pem)

const EC_KEY = createPrivateKey({
  key: Buffer.from(
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtrqR7MejZXGkSB5+MkT4wOxnzCEFRimWoa9OI+z2WIOhRANCAAT8qRLUpNRntE1SgbgDJpBySUq3udN9/1dW9w0Ghwp5OvYp32QyEuXXntJ2DNEiytWNSa4yqXv5Q/GnPqc0xiqv',
    'base64',
  ),
  format: 'der',
  type: 'pkcs8',
})
const EC_PUBLIC = createPublicKey(EC_KEY).export({ type: 'spki', format: 'der' }).toString('base64')

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** What each connection has as its secret. */
export const HOOK_SECRETS: Record<HttpProviderKind, string> = {
  resend: SECRET,
  postmark: 'a shared secret',
  sendgrid: EC_PUBLIC,
  mailgun: 'a signing key',
  ses: TOPIC,
  brevo: 'a shared secret',
}

/** Lets the server that stands in for SNS hand out its certificate once; keys are remembered by address. */
async function certificateUrl(): Promise<string> {
  const server = inject('providerUrl')
  const steps = [{ status: 200, body: pem }]
  await fetch(`${server}/scripts/sns`, { method: 'PUT', body: JSON.stringify(steps) })
  return `${server}/as/sns/${randomUUID()}.pem`
}

/** Signs a body as the provider does. */
export async function signedCall(kind: HttpProviderKind, payload: unknown): Promise<WebhookCall> {
  const now = Date.now()
  const at = { at: now, now }
  switch (kind) {
    case 'resend':
      return svixCall(payload, SECRET, { id: randomUUID(), ...at })
    case 'postmark':
      return call(payload, { authorization: `Basic ${btoa('facteur:a shared secret')}` })
    case 'sendgrid':
      return sendgridCall(Array.isArray(payload) ? payload : [payload], EC_KEY, at)
    case 'mailgun':
      return mailgunCall(payload, 'a signing key', { ...at, token: randomUUID() })
    case 'ses':
      return call(signSns(snsMessage(payload, { SigningCertURL: await certificateUrl() }), snsKey))
    case 'brevo':
      return call(payload, { 'X-Facteur-Secret': 'a shared secret' })
  }
}

export const hookOf = (id: string): string => `hook-${id}`

/** Inserts a connection of an account's with a webhook. */
export async function insertHooked(accountId: string, id: string, kind: ProviderKind, secret: string): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO provider_connections (id, account_id, place, kind, settings, hook, hook_secret, created_at, updated_at)
    VALUES (?1, ?2, 'first', ?3, '{"from":"billing@shop.example"}', ?4, ?5, 1, 1)`,
  )
    .bind(id, accountId, kind, hookOf(id), await sealHookSecret(testDeps(), { id, accountId }, secret))
    .run()
}

/** Posts a call to the webhook of a connection. */
export const callHook = (kind: string, hook: string, { headers, body }: Omit<WebhookCall, 'now'>): Promise<Response> =>
  exports.default.fetch(`http://facteur.test${routes.providerWebhook(kind, hook)}`, {
    method: 'POST',
    body,
    headers: { ...Object.fromEntries(headers), 'content-type': 'application/json' },
  })

/** An invoice to the address of the payloads, which left over this connection under the delivery's id of the payloads. */
export async function sentOver(merchant: Merchant, connection: string, deliveryId = DELIVERY): Promise<string> {
  const documentId = await invoiceFor(merchant, { contact: { emails: ['zoe@example.org'] } })
  await send(merchant, documentId)
  const sent = await acceptedMail(documentId)
  await env.DB.prepare('UPDATE deliveries SET id = ?1, connection = ?2 WHERE id = ?3')
    .bind(deliveryId, connection, sent.deliveryId)
    .run()
  return documentId
}
