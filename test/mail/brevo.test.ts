import { describe, expect, it } from 'vitest'
import { composeMime } from '../../src/mail/compose'
import { LOGO, outcomeOn, outgoing, PDF, refusal, startProvider } from '../support/providers'

const error = (status: number, code: string, message: string) => refusal('brevo', status, { code, message })

describe('brevoMailer', () => {
  it('sends the stored mail with its files, its headers and our id', async () => {
    const { mailer, requests } = await startProvider('brevo')
    await mailer.send(outgoing())
    const [request] = await requests()
    expect(request).toMatchObject({ path: '/v3/smtp/email', headers: { 'api-key': expect.any(String) } })
    const { headers, ...payload } = JSON.parse(request?.body ?? '')
    expect(payload).toEqual({
      sender: { name: 'Atelier Été via Facteur', email: 'notifications@mail.facteur.test' },
      to: [{ email: 'zoe@example.org' }],
      replyTo: { email: 'bonjour@atelier.example' },
      subject: 'Facture n° 12 – été',
      // It has no inline pictures.
      htmlContent: `<p>Bonjour Zoë</p><img src="data:image/png;base64,${LOGO.toBase64()}" alt="Atelier">`,
      textContent: 'Bonjour Zoë,\nvoici.\n',
      attachment: [{ content: PDF.toBase64(), name: 'Facture été.pdf' }],
      tags: ['dlv_01KB0'],
    })
    expect(headers).toEqual({
      'Auto-Submitted': 'auto-generated',
      'Content-Language': 'fr',
      'X-Facteur-Delivery': 'dlv_01KB0',
      'List-Unsubscribe': '<https://facteur.example/d/abc/unsubscription>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'X-Mailin-custom': 'dlv_01KB0',
      idempotencyKey: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
    })
  })

  it('gives each mail a key of its own, the same at every attempt', async () => {
    const { mailer, requests } = await startProvider('brevo')
    for (const deliveryId of ['dlv_a', 'dlv_a', 'dlv_b']) await mailer.send(outgoing({ deliveryId }))
    const [one, two, three] = (await requests()).map(({ body }) => JSON.parse(body).headers.idempotencyKey)
    expect(one).toBe(two)
    expect(one).not.toBe(three)
  })

  it('takes a repeated key for accepted, and the id of a list', async () => {
    expect(await error(400, 'duplicate_request', 'Already there')).toMatchObject({ type: 'accepted' })
    const step = { status: 201, body: '{"messageIds":["<one@x>"]}' }
    expect(await outcomeOn('brevo', step)).toMatchObject({ type: 'accepted', providerMessageId: 'one@x' })
  })

  it('refuses a file that is larger than the provider takes', async () => {
    const { mailer, requests } = await startProvider('brevo')
    const large = { filename: 'a.pdf', contentType: 'application/pdf', content: new Uint8Array(4_000_003) }
    const envelope = { id: 'dlv_x', date: 0, domain: 'mail.facteur.test', to: 'zoe@example.org' }
    const mime = composeMime({ language: 'de', subject: 'x', html: 'x', text: 'x' }, envelope, [large])
    expect(await mailer.send(outgoing({ mime }))).toMatchObject({ type: 'permanent', reason: 'message_too_large' })
    expect(await requests()).toEqual([])
  })

  it('waits as long as the provider says', async () => {
    const headers = { 'x-sib-ratelimit-remaining': '0', 'x-sib-ratelimit-reset': '12' }
    expect(await refusal('brevo', 429, { code: 'too_many_requests', message: 'Slow' }, headers)).toMatchObject({
      ...{ type: 'retry', reason: 'rate_limited', afterMs: 12_000, rate: { remaining: 0, resetMs: 12_000 } },
    })
  })

  it.each([
    ['an invalid parameter', 400, 'invalid_parameter', 'Bad', 'permanent', 'message_refused'],
    ['a missing parameter', 400, 'missing_parameter', 'Bad', 'permanent', 'message_refused'],
    ['a repeated parameter', 400, 'duplicate_parameter', 'Bad', 'permanent', 'message_refused'],
    ['an invalid recipient', 400, 'invalid_parameter', 'email is not valid in to', 'permanent', 'address_invalid'],
    ['an unknown path', 404, 'document_not_found', 'No', 'permanent', 'message_refused'],
    ['a wrong method', 405, 'method_not_allowed', 'No', 'permanent', 'message_refused'],
    ['an unknown format', 406, 'not_acceptable', 'No', 'permanent', 'message_refused'],
    ['what it can’t work with', 422, 'unprocessable', 'No', 'permanent', 'message_refused'],
    ['a wrong key', 401, 'unauthorized', 'Key not found', 'pause', 'credentials_refused'],
    ['credits that are used up', 402, 'not_enough_credits', 'No credits', 'pause', 'quota_exhausted'],
    ['a key without rights', 403, 'permission_denied', 'No', 'pause', 'credentials_refused'],
    ['an account that is looked at', 403, 'account_under_validation', 'Wait', 'pause', 'account_suspended'],
    ['an error of its own', 500, 'internal', 'Oops', 'retry', 'server_busy'],
  ])('understands %s', async (_, status, code, message, type, reason) => {
    expect(await error(status, code, message)).toMatchObject({ type, reason, text: `${status} ${code}: ${message}` })
  })
})
