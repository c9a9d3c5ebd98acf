import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HttpProviderKind } from '../../src/domain/provider'
import { KEY, MAILERS, NOW, outcomeOn, outgoing, refusal, startProvider } from '../support/providers'

const KINDS: HttpProviderKind[] = ['resend', 'postmark', 'sendgrid', 'mailgun', 'ses', 'brevo']

describe.each(KINDS)('a mailer over HTTP (%s)', (kind) => {
  it('accepts a mail under the id of the provider, and sends the same bytes again', async () => {
    const { mailer, requests } = await startProvider(kind)
    const first = await mailer.send(outgoing())
    await mailer.send(outgoing({ attempt: 2 }))
    expect(first).toMatchObject({ type: 'accepted', providerMessageId: expect.stringMatching(/^id-1(@|$)/) })
    const [one, two] = await requests()
    expect(one?.body).toBe(two?.body)
    expect(one?.body).toContain('dlv_01KB0')
  })

  it('leaves a mail unknown whose connection was cut after the request, or within the answer', async () => {
    expect(await outcomeOn(kind, { cut: 'after' })).toMatchObject({ type: 'unknown' })
    expect(await outcomeOn(kind, { cut: 'within' })).toMatchObject({
      type: kind === 'sendgrid' ? 'unknown' : 'unknown',
    })
  })

  it('leaves a mail unknown that is never answered, or without end', async () => {
    expect(await outcomeOn(kind, { silent: true }, { timeoutMs: 200 })).toMatchObject({ type: 'unknown' })
    expect(await outcomeOn(kind, { endless: true }, { timeoutMs: 300 })).toMatchObject({ type: 'unknown' })
  })

  it('leaves a mail unknown that was answered with 200 and something else', async () => {
    for (const body of ['', 'OK', '<html>Welcome</html>', '[]', '{}', '{"id":7', 'null', '"id"', 'x'.repeat(300_000)]) {
      const outcome = await refusal(kind, 200, body)
      expect(outcome, body.slice(0, 20)).toMatchObject({ type: 'unknown' })
      expect(outcome.text.length).toBeLessThanOrEqual(500)
    }
  })

  it('tries again what a server or something before it could not take', async () => {
    for (const status of [500, 502, 503]) {
      expect(await refusal(kind, status, '<html><h1>Bad gateway</h1></html>')).toMatchObject({
        type: 'retry',
        reason: 'server_busy',
      })
    }
    expect(await refusal(kind, 429, 'slow down', { 'retry-after': '90' })).toMatchObject({
      ...{ type: 'retry', reason: 'rate_limited', afterMs: 90_000 },
    })
    expect(await refusal(kind, 503, '', { 'retry-after': new Date(NOW + 120_000).toUTCString() })).toMatchObject({
      ...{ type: 'retry', afterMs: 120_000 },
    })
    expect(await refusal(kind, 422, 'local_rate_limited')).toMatchObject({ type: 'retry' })
  })

  it('pauses where only a person can help, and follows no redirect', async () => {
    expect(await refusal(kind, 401, 'Forbidden')).toMatchObject({ type: 'pause', reason: 'credentials_refused' })
    const { mailer, requests } = await startProvider(kind, [{ status: 307, headers: { location: '/elsewhere' } }])
    expect(await mailer.send(outgoing())).toMatchObject({ type: 'pause', reason: 'connection_refused' })
    expect(await requests()).toHaveLength(1)
  })

  it('pauses when the provider could not be reached, and when Cloudflare could not reach it', async () => {
    expect(await refusal(kind, 530, 'error code: 1016')).toMatchObject({ type: 'pause', reason: 'server_unreachable' })
    const nowhere = MAILERS[kind]({ baseUrl: 'http://127.0.0.1:1' })
    expect(await nowhere.send(outgoing())).toMatchObject({ type: 'pause', reason: 'server_unreachable' })
  })

  it('refuses a mail that is too large, an address that names another, and bytes that are no mail', async () => {
    const { mailer, requests } = await startProvider(kind)
    expect(await mailer.send(outgoing({ mime: new Uint8Array(41_000_000) }))).toMatchObject({
      reason: 'message_too_large',
    })
    for (const to of [
      'a@example.org, b@example.org',
      'a@example.org\r\nBcc: b@example.org',
      'A <a@example.org>',
      'a',
    ]) {
      expect(await mailer.send(outgoing({ to }))).toMatchObject({
        type: 'permanent',
        reason: 'address_invalid',
        suppress: false,
      })
    }
    if (kind !== 'mailgun' && kind !== 'ses') {
      expect(await mailer.send(outgoing({ mime: new Uint8Array(10) }))).toMatchObject({ reason: 'mail_lost' })
    }
    expect(await requests()).toEqual([])
  })

  it('never shows a key, whatever the provider repeats of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(200, 202, 400, 401, 403, 404, 409, 422, 429, 500),
        fc.string({ maxLength: 600 }),
        async (status, words) => {
          const said = `${words}${KEY} ${btoa(`api:${KEY}`)}`
          for (const body of [
            said,
            JSON.stringify({
              message: said,
              name: said,
              code: said,
              Message: said,
              ErrorCode: 1,
              errors: [{ message: said }],
            }),
          ]) {
            const { text } = await refusal(kind, status, body, { 'x-amzn-errortype': 'MessageRejected' })
            expect(text).not.toContain(KEY)
            if (kind === 'mailgun') expect(text).not.toContain(btoa(`api:${KEY}`))
            expect(text.length).toBeLessThanOrEqual(500)
            expect(text).not.toMatch(/\p{Cc}/u)
          }
        },
      ),
      { numRuns: 20 },
    )
  })
})

it('leaves a mail unknown where a gateway gave up, unless a key makes it safe to repeat', async () => {
  for (const kind of KINDS) {
    const type = kind === 'resend' || kind === 'brevo' ? 'retry' : 'unknown'
    expect(await refusal(kind, 504, '<html>Gateway timeout</html>'), kind).toMatchObject({ type })
  }
})
