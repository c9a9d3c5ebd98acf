import { describe, expect, it } from 'vitest'
import { LOGO, NOW, outcomeOn, outgoing, PDF, refusal, startProvider } from '../support/providers'
import { vector } from '../support/vectors'

const error = (status: number, name: string, message = 'Because.', headers: Record<string, string> = {}) =>
  refusal('resend', status, { statusCode: status, name, message }, headers)

describe('resendMailer', () => {
  it('sends the stored mail with its files, its headers and our id', async () => {
    const { mailer, requests } = await startProvider('resend')
    await mailer.send(outgoing())
    const [request] = await requests()
    expect(request?.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer /),
      'user-agent': 'Facteur',
      'idempotency-key': 'dlv_01KB0',
    })
    expect(JSON.parse(request?.body ?? '')).toEqual({
      from: '"Atelier Été via Facteur" <notifications@mail.facteur.test>',
      to: ['zoe@example.org'],
      reply_to: ['bonjour@atelier.example'],
      subject: 'Facture n° 12 – été',
      html: '<p>Bonjour Zoë</p><img src="cid:logo@facteur" alt="Atelier">',
      text: 'Bonjour Zoë,\nvoici.\n',
      headers: {
        'Auto-Submitted': 'auto-generated',
        'Content-Language': 'fr',
        'X-Facteur-Delivery': 'dlv_01KB0',
        'List-Unsubscribe': '<https://facteur.example/d/abc/unsubscription>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
      attachments: [
        { filename: 'Facture été.pdf', content: PDF.toBase64(), content_type: 'application/pdf' },
        { filename: 'logo.png', content: LOGO.toBase64(), content_type: 'image/png', content_id: 'logo@facteur' },
      ],
      tags: [{ name: 'delivery', value: 'dlv_01KB0' }],
    })
  })

  it('is given the same id for a mail that it sends twice, and leaves one unknown whose key had other bytes', async () => {
    const { mailer } = await startProvider('resend')
    const first = await mailer.send(outgoing())
    expect(await mailer.send(outgoing({ attempt: 2 }))).toEqual(first)
    expect(await mailer.send(outgoing({}, { company: 'Other' }))).toMatchObject({ type: 'unknown' })
  })

  it('waits as long as the provider says, and reports what it says of its limit', async () => {
    const limits = { 'ratelimit-remaining': '0', 'ratelimit-reset': '7' }
    expect(await error(429, 'rate_limit_exceeded', 'Too many', limits)).toEqual({
      ...{ type: 'retry', reason: 'rate_limited', afterMs: 7000, text: '429 rate_limit_exceeded: Too many' },
      rate: { remaining: 0, resetMs: 7000 },
    })
    expect(await error(429, 'rate_limit_exceeded', 'Too many', { ...limits, 'retry-after': '2' })).toMatchObject({
      afterMs: 2000,
    })
    const accepted = {
      status: 200,
      headers: { 'ratelimit-remaining': '3', 'ratelimit-reset': '1' },
      body: '{"id":"a"}',
    }
    expect(await outcomeOn('resend', accepted)).toMatchObject({
      type: 'accepted',
      rate: { remaining: 3, resetMs: 1000 },
    })
    for (const [left, reset] of [
      ['-1', '1'],
      ['many', '1'],
      ['3', ''],
      ['3', 'NaN'],
    ] as const) {
      const odd = { ...accepted, headers: { 'ratelimit-remaining': left, 'ratelimit-reset': reset } }
      expect(await outcomeOn('resend', odd)).not.toHaveProperty('rate')
    }
  })

  it.each([
    [
      'a domain that is not verified',
      403,
      'validation_error',
      'The x.org domain is not verified.',
      'pause',
      'sender_not_verified',
    ],
    [
      'an account in its trial',
      403,
      'validation_error',
      'You can only send testing emails to your own email address',
      'pause',
      'sender_not_verified',
    ],
    ['an invalid key', 403, 'invalid_api_key', 'API key is invalid', 'pause', 'credentials_refused'],
    ['a suspended key', 403, 'suspended_api_key', 'Suspended', 'pause', 'account_suspended'],
    ['a used up day', 429, 'daily_quota_exceeded', 'Quota', 'pause', 'quota_exhausted'],
    ['an invalid recipient', 422, 'validation_error', 'Invalid `to` field.', 'permanent', 'address_invalid'],
    ['an invalid sender', 422, 'invalid_from_address', 'Invalid', 'permanent', 'sender_refused'],
    ['an attachment that it does not take', 422, 'invalid_attachment', 'Invalid', 'permanent', 'message_refused'],
    ['a call that is under way', 409, 'concurrent_idempotent_requests', 'Wait', 'retry', 'server_busy'],
    ['an error of its own', 500, 'application_error', 'Oops', 'retry', 'server_busy'],
  ])('understands %s', async (_, status, name, message, type, reason) => {
    expect(await error(status, name, message)).toMatchObject({ type, reason, text: `${status} ${name}: ${message}` })
  })

  it('asks again soon for a call that is under way', async () => {
    expect(await error(409, 'concurrent_idempotent_requests')).toMatchObject({ afterMs: 5000 })
    const until = new Date(NOW + 60_000).toUTCString()
    expect(await error(409, 'resource_locked', '', { 'retry-after': until })).toMatchObject({ afterMs: 60_000 })
  })

  it('understands every error that the provider documents', async ({ skip }) => {
    const documented = await vector('resend/errors.json')
    if (!documented) return skip('no ../shared/vectors/resend/errors.json here')
    const { errors } = documented as { errors: [string, number | string, string][] }
    for (const [name, statuses, meaning] of errors) {
      for (const status of String(statuses).split('/')) {
        const outcome = await error(Number.parseInt(status, 10), name)
        expect(outcome.type, `${name} ${status}`).toBe(expectedType(name, meaning))
      }
    }
  })
})

/** Where the table of facts is stricter than the list of errors, it counts: a reused key is unknown, a wrong path is no config. */
function expectedType(name: string, meaning: string): string {
  if (name === 'invalid_idempotent_request') return 'unknown'
  if (name === 'not_found' || meaning === 'bug' || meaning.startsWith('permanent')) return 'permanent'
  return meaning.startsWith('retry') ? 'retry' : 'pause'
}
