import { describe, expect, it } from 'vitest'
import { providerUrl } from '../../src/domain/provider'
import { LOGO, NOW, outcomeOn, outgoing, PDF, refusal, startProvider } from '../support/providers'

const error = (status: number, message: string, field: string | null = null, headers: Record<string, string> = {}) =>
  refusal('sendgrid', status, { errors: [{ message, field, help: null }] }, headers)

describe('sendgridMailer', () => {
  it('sends the stored mail with its files, its headers and our id, and switches tracking off', async () => {
    const { mailer, requests } = await startProvider('sendgrid')
    await mailer.send(outgoing())
    const [request] = await requests()
    const { headers, ...payload } = JSON.parse(request?.body ?? '')
    expect(payload).toEqual({
      personalizations: [{ to: [{ email: 'zoe@example.org' }], custom_args: { delivery: 'dlv_01KB0' } }],
      from: { email: 'notifications@mail.facteur.test', name: 'Atelier Été via Facteur' },
      reply_to: { email: 'bonjour@atelier.example' },
      subject: 'Facture n° 12 – été',
      content: [
        { type: 'text/plain', value: 'Bonjour Zoë,\nvoici.\n' },
        { type: 'text/html', value: '<p>Bonjour Zoë</p><img src="cid:logo@facteur" alt="Atelier">' },
      ],
      attachments: [
        { content: PDF.toBase64(), type: 'application/pdf', filename: 'Facture été.pdf', disposition: 'attachment' },
        {
          ...{ content: LOGO.toBase64(), type: 'image/png', filename: 'logo.png', disposition: 'inline' },
          content_id: 'logo@facteur',
        },
      ],
      tracking_settings: {
        click_tracking: { enable: false, enable_text: false },
        open_tracking: { enable: false },
        subscription_tracking: { enable: false },
      },
    })
    expect(headers).toMatchObject({ 'Message-ID': '<dlv_01KB0@mail.facteur.test>', 'X-Facteur-Delivery': 'dlv_01KB0' })
    // Names that SendGrid reserves, and refuses.
    for (const name of Object.keys(headers))
      expect(name).not.toMatch(/^(to|from|subject|reply-to|cc|bcc|content-t.*)$/i)
  })

  it('knows the address of European accounts', () => {
    expect(providerUrl('sendgrid', 'eu')).toBe('https://api.eu.sendgrid.com')
    expect(providerUrl('sendgrid', 'nowhere')).toBe('https://api.sendgrid.com')
  })

  it('waits until the moment that the provider names', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 30) }
    expect(await error(429, 'too many requests', null, headers)).toMatchObject({
      ...{ type: 'retry', reason: 'rate_limited', afterMs: 30_000, rate: { remaining: 0, resetMs: 30_000 } },
    })
  })

  it('leaves a mail unknown that was accepted without an id, and never takes 200 for accepted', async () => {
    expect(await outcomeOn('sendgrid', { status: 202 })).toMatchObject({ type: 'unknown' })
    expect(await outcomeOn('sendgrid', { status: 200, headers: { 'x-message-id': 'x' } })).toMatchObject({
      type: 'unknown',
    })
  })

  it.each([
    ['an invalid key', 401, 'The provided authorization grant is invalid', null, 'pause', 'credentials_refused'],
    ['a plan that is used up', 401, 'Maximum credits exceeded', null, 'pause', 'quota_exhausted'],
    ['a key without rights', 403, 'access forbidden', null, 'pause', 'credentials_refused'],
    [
      'a sender that is not verified',
      403,
      'The from address does not match a verified Sender Identity.',
      'from',
      'pause',
      'sender_not_verified',
    ],
    [
      'an invalid recipient',
      400,
      'Does not contain a valid address.',
      'personalizations.0.to.0.email',
      'permanent',
      'address_invalid',
    ],
    ['an invalid sender', 400, 'Does not contain a valid address.', 'from.email', 'permanent', 'sender_refused'],
    ['an invalid request', 400, 'Bad Request', null, 'permanent', 'message_refused'],
    ['an unknown path', 404, 'not found', null, 'permanent', 'message_refused'],
    ['a wrong method', 405, 'method not allowed', null, 'permanent', 'message_refused'],
    ['a mail that is too large', 413, 'payload too large', null, 'permanent', 'message_too_large'],
    ['an error of its own', 500, 'internal', null, 'retry', 'server_busy'],
  ])('understands %s', async (_, status, message, field, type, reason) => {
    expect(await error(status, message, field)).toMatchObject({ type, reason, text: expect.stringContaining(message) })
  })
})
