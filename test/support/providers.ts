/** Mailers whose provider is the test server. */
import { inject } from 'vitest'
import type { HttpProviderKind } from '../../src/domain/provider'
import { brevoMailer } from '../../src/mail/brevo'
import { composeMime, type Envelope } from '../../src/mail/compose'
import type { HttpMailerOptions } from '../../src/mail/http-mailer'
import type { Mailer, OutgoingMail } from '../../src/mail/mailer'
import { mailgunMailer } from '../../src/mail/mailgun'
import { postmarkMailer } from '../../src/mail/postmark'
import { resendMailer } from '../../src/mail/resend'
import { sendgridMailer } from '../../src/mail/sendgrid'
import { sesMailer } from '../../src/mail/ses'
import type { RecordedRequest, Step } from './provider-server'

/** In every adapter's settings; no outcome may show it. */
export const KEY = 'key_4f2b1c9a7d'

export const NOW = Date.UTC(2026, 10, 24, 9, 30)

export const MAILERS: Record<HttpProviderKind, (options: HttpMailerOptions) => Mailer> = {
  resend: (options) => resendMailer({ apiKey: KEY }, options),
  postmark: (options) => postmarkMailer({ serverToken: KEY }, options),
  sendgrid: (options) => sendgridMailer({ apiKey: KEY }, options),
  mailgun: (options) => mailgunMailer({ apiKey: KEY, domain: 'mg.example' }, options),
  ses: (options) => sesMailer({ region: 'eu-west-1', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: KEY }, options),
  brevo: (options) => brevoMailer({ apiKey: KEY }, options),
}

/** Starts a run of the provider whose next calls go by these steps. */
export async function startProvider(kind: HttpProviderKind, steps: Step[] = [], options: { timeoutMs?: number } = {}) {
  const server = inject('providerUrl')
  const run = crypto.randomUUID()
  if (steps.length > 0) await fetch(`${server}/scripts/${run}`, { method: 'PUT', body: JSON.stringify(steps) })
  const mailer = MAILERS[kind]({ baseUrl: `${server}/as/${run}`, now: () => NOW, ...options })
  return {
    mailer,
    requests: async (): Promise<RecordedRequest[]> => (await fetch(`${server}/requests/${run}`)).json(),
  }
}

/** Sends one mail to a provider that answers so. */
export async function outcomeOn(kind: HttpProviderKind, step: Step, options?: { timeoutMs?: number }) {
  const { mailer } = await startProvider(kind, [step], options)
  return mailer.send(outgoing())
}

/** Sends one mail to a provider that refuses it by a JSON body. */
export const refusal = (
  kind: HttpProviderKind,
  status: number,
  body: object | string,
  headers: Record<string, string> = {},
) => outcomeOn(kind, { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) })

export const PDF = new Uint8Array(5000).map((_, index) => index)
export const LOGO = new Uint8Array(300).fill(7)

export function outgoing(changes: Partial<OutgoingMail> = {}, envelope: Partial<Envelope> = {}): OutgoingMail {
  const deliveryId = changes.deliveryId ?? 'dlv_01KB0'
  const mime = composeMime(
    {
      ...{ language: 'fr', subject: 'Facture n° 12 – été', text: 'Bonjour Zoë,\nvoici.\n' },
      html: '<p>Bonjour Zoë</p><img src="cid:logo@facteur" alt="Atelier">',
    },
    {
      ...{ id: deliveryId, date: NOW, domain: 'mail.facteur.test', to: 'zoe@example.org', company: 'Atelier Été' },
      ...{ replyTo: 'bonjour@atelier.example', unsubscribeLink: 'https://facteur.example/d/abc/unsubscription' },
      ...envelope,
    },
    [{ filename: 'Facture été.pdf', contentType: 'application/pdf', content: PDF }],
    [{ cid: 'logo@facteur', contentType: 'image/png', content: LOGO }],
  )
  return { deliveryId, attempt: 1, from: 'notifications@mail.facteur.test', to: 'zoe@example.org', mime, ...changes }
}
