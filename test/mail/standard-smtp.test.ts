/** Tests the SMTP mailer against the `smtp-server` package, which accepts, refuses, defers, cuts the connection at each stage, or stays silent. */
import { afterEach, describe, expect, inject, it } from 'vitest'
import type { Mailer, OutgoingMail } from '../../src/mail/mailer'
import { smtpMailer } from '../../src/mail/smtp'
import type { SmtpSettings } from '../../src/mail/smtp-settings'

const ports = inject('standardSmtp')
const timeouts = { connectMs: 2_000, greetingMs: 400, silenceMs: 400, sendMs: 5_000 }
const open: Mailer[] = []

function mailer(settings: Partial<SmtpSettings> = {}): Mailer {
  const base = {
    host: 'localhost',
    port: ports.plain,
    security: 'none',
    user: '',
    pass: '',
    name: 'mail.facteur.test',
  } as const
  const made = smtpMailer({ ...base, ...settings }, { timeouts })
  open.push(made)
  return made
}

afterEach(() => {
  for (const made of open.splice(0)) made.close()
})

function mail(to: string, from = 'notifications', content = 'hello\r\n'): OutgoingMail {
  const mime = new TextEncoder().encode(`Message-ID: <dlv_1@mail.facteur.test>\r\n\r\n${content}`)
  return { deliveryId: 'dlv_1', attempt: 1, from: `${from}@mail.facteur.test`, to: `${to}@example.org`, mime }
}

const send = (to: string, settings?: Partial<SmtpSettings>, from?: string) => mailer(settings).send(mail(to, from))

/** Returns the mails that the server reports as accepted. */
async function hashOf({ mime }: OutgoingMail): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', mime as BufferSource)
  return [...new Uint8Array(hash)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 16)
}

describe('a mail that is accepted', () => {
  it.each([
    ['without encryption', {}],
    ['after STARTTLS, by a user', { security: 'starttls', user: 'tim', pass: 'tanstaaftanstaaf' }],
    ['over TLS, by a user', { security: 'tls', port: ports.tls, user: 'tim', pass: 'tanstaaftanstaaf' }],
  ] as const)('arrives %s, as the bytes it is', async (_, settings) => {
    const letter = mail('anna', undefined, '.\r\n.starts with a dot\r\n..\r\nlast line\r\n')
    expect(await mailer(settings).send(letter)).toMatchObject({
      type: 'accepted',
      providerMessageId: await hashOf(letter),
    })
  })

  it('is known by the name that the server gives it, as Cloudflare’s does', async () => {
    expect(await send('named')).toMatchObject({ type: 'accepted', providerMessageId: '4F2B1.9@yourdomain.example' })
  })

  it('follows one that was refused, over the same connection', async () => {
    const one = mailer()
    expect(await one.send(mail('550-5.1.1'))).toMatchObject({ type: 'permanent', suppress: true })
    expect(await one.send(mail('anna'))).toMatchObject({ type: 'accepted' })
  })
})

describe('before a mail is handed over', () => {
  it.each([
    ['cut', { type: 'pause', reason: 'server_unreachable' }],
    ['hang', { type: 'pause', reason: 'server_unreachable' }],
    ['busy', { type: 'pause', reason: 'server_busy' }],
    ['blocked', { type: 'pause', reason: 'connection_refused' }],
  ] as const)('a greeting that is %s', async (greeting, outcome) => {
    expect(await send('anna', { port: ports[greeting] })).toMatchObject(outcome)
  })

  it.each([
    ['454-4.7.0', { type: 'pause', reason: 'server_busy' }],
    ['535-5.7.8', { type: 'pause', reason: 'credentials_refused' }],
    ['534-5.7.9', { type: 'pause', reason: 'credentials_refused' }],
    ['538-5.7.11', { type: 'pause', reason: 'credentials_refused' }],
    ['cut', { type: 'pause', reason: 'server_unreachable' }],
    ['hang', { type: 'pause', reason: 'server_unreachable' }],
  ])('sign-in: %s', async (user, outcome) => {
    expect(await send('anna', { user, pass: 'secret', security: 'starttls' })).toMatchObject(outcome)
  })

  it('a wrong password, and a server that offers no supported sign-in', async () => {
    expect(await send('anna', { user: 'tim', pass: 'wrong' })).toMatchObject({ reason: 'credentials_refused' })
    const challenging = { port: ports.challenging, user: 'tim', pass: 'tanstaaftanstaaf' }
    expect(await send('anna', challenging)).toMatchObject({ type: 'pause', reason: 'credentials_refused' })
  })

  it.each([
    ['451-4.3.0', { type: 'pause', reason: 'server_busy' }],
    ['421-4.7.0', { type: 'pause', reason: 'server_busy' }],
    ['550-5.7.1', { type: 'pause', reason: 'sender_refused' }],
    ['553-5.1.8', { type: 'pause', reason: 'sender_refused' }],
    ['cut', { type: 'pause', reason: 'server_unreachable' }],
    ['hang', { type: 'pause', reason: 'server_unreachable' }],
  ])('MAIL: %s', async (from, outcome) => {
    expect(await send('anna', {}, from)).toMatchObject(outcome)
  })

  it.each([
    ['450-4.2.1', { type: 'retry' }],
    ['451-4.3.0', { type: 'retry' }],
    ['452-4.5.3', { type: 'retry' }],
    ['550-5.1.1', { type: 'permanent', status: 'bounced', suppress: true }],
    ['550-5.1.2', { type: 'permanent', status: 'bounced', suppress: true }],
    ['553-5.1.3', { type: 'permanent', status: 'bounced', suppress: true }],
    ['551-5.1.6', { type: 'permanent', status: 'bounced', suppress: true }],
    ['556-5.1.10', { type: 'permanent', status: 'bounced', suppress: true }],
    ['550-5.2.1', { type: 'permanent', status: 'bounced', suppress: true }],
    ['552-5.2.2', { type: 'permanent', status: 'soft_bounced', suppress: false, reason: 'mailbox_full' }],
    ['550-5.7.1', { type: 'permanent', suppress: false, reason: 'refused_by_policy' }],
    ['cut', { type: 'retry' }],
    ['hang', { type: 'retry' }],
    ['cut-at-data', { type: 'retry' }],
  ])('RCPT and DATA: %s', async (to, outcome) => {
    expect(await send(to)).toMatchObject(outcome)
  })
})

describe('after the mail was handed over', () => {
  it.each([
    ['dot-451-4.7.1', { type: 'retry' }],
    ['dot-554-5.7.1', { type: 'permanent', status: 'failed', suppress: false }],
    ['dot-552-5.3.4', { type: 'permanent', reason: 'message_too_large' }],
    ['cut-in-body', { type: 'unknown' }],
    ['cut-after-data', { type: 'unknown' }],
    ['hang-after-data', { type: 'unknown' }],
  ])('%s', async (to, outcome) => {
    expect(await send(to)).toMatchObject(outcome)
    expect(await send(to, { security: 'tls', port: ports.tls })).toMatchObject(outcome)
  })
})
