import { describe, expect, it } from 'vitest'
import { LOGO, type outcomeOn, outgoing, PDF, refusal, startProvider } from '../support/providers'
import { vector } from '../support/vectors'

const error = (code: number, message: string, status = 422) =>
  refusal('postmark', status, { ErrorCode: code, Message: message })

const INACTIVE = 'Message OK, but will not deliver to these inactive addresses: zoe@example.org'

describe('postmarkMailer', () => {
  it('sends the stored mail with its files, its headers and our id, and switches tracking off', async () => {
    const { mailer, requests } = await startProvider('postmark')
    await mailer.send(outgoing())
    const [request] = await requests()
    expect(request).toMatchObject({ path: '/email', headers: { 'x-postmark-server-token': expect.any(String) } })
    const { Headers, ...payload } = JSON.parse(request?.body ?? '')
    expect(payload).toEqual({
      From: '"Atelier Été via Facteur" <notifications@mail.facteur.test>',
      To: 'zoe@example.org',
      ReplyTo: 'bonjour@atelier.example',
      Subject: 'Facture n° 12 – été',
      HtmlBody: '<p>Bonjour Zoë</p><img src="cid:logo@facteur" alt="Atelier">',
      TextBody: 'Bonjour Zoë,\nvoici.\n',
      Attachments: [
        { Name: 'Facture été.pdf', Content: PDF.toBase64(), ContentType: 'application/pdf' },
        { Name: 'logo.png', Content: LOGO.toBase64(), ContentType: 'image/png', ContentID: 'cid:logo@facteur' },
      ],
      Metadata: { delivery: 'dlv_01KB0' },
      MessageStream: 'outbound',
      TrackOpens: false,
      TrackLinks: 'None',
    })
    expect(Headers).toContainEqual({ Name: 'Message-ID', Value: '<dlv_01KB0@mail.facteur.test>' })
    expect(Headers).toContainEqual({ Name: 'X-PM-KeepID', Value: 'true' })
    expect(Headers).toContainEqual({ Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' })
  })

  it.each([
    ['a wrong token', 10, 'No such token', 'pause', 'credentials_refused'],
    ['a sender that it does not know', 400, 'Sender signature not found', 'pause', 'sender_not_verified'],
    ['a sender that is not confirmed', 401, 'Sender signature not confirmed', 'pause', 'sender_not_verified'],
    ['credits that are used up', 405, 'Not allowed to send', 'pause', 'quota_exhausted'],
    ['an account that waits for approval', 412, 'Pending approval', 'pause', 'account_suspended'],
    ['a stream that it does not know', 1235, 'No such stream', 'pause', 'settings_refused'],
    ['maintenance', 100, 'Maintenance', 'retry', 'server_busy'],
    ['an invalid recipient', 300, "Invalid 'To' address: 'x'.", 'permanent', 'address_invalid'],
    ['an attachment that it does not take', 411, 'Forbidden attachment type', 'permanent', 'message_refused'],
  ])('understands %s', async (_, code, message, type, reason) => {
    expect(await error(code, message)).toMatchObject({ type, reason, text: `422 ${code} ${message}` })
  })

  it('drops a mail to an address of its suppression list, also where it says so while it accepts', async () => {
    const dropped = { type: 'permanent', status: 'dropped', suppress: false, reason: 'provider_suppression' }
    expect(await error(406, 'You tried to send to recipient(s) that have been marked as inactive.')).toMatchObject(
      dropped,
    )
    expect(await error(0, INACTIVE, 200)).toMatchObject(dropped)
  })

  it('tries again what the provider could not take now', async () => {
    expect(await error(429, 'Slow down', 429)).toMatchObject({ type: 'retry', reason: 'rate_limited' })
    expect(await error(1, 'Oops', 503)).toMatchObject({ type: 'retry', reason: 'server_busy' })
  })

  it('understands every documented answer', async ({ skip }) => {
    const documented = await vector('postmark/send-errors.json')
    if (!documented) return skip('no ../shared/vectors/postmark/send-errors.json here')
    const { cases } = documented as { cases: { status: number; body: object; class: string; inactive?: string[] }[] }
    for (const { status, body, class: meaning, inactive } of cases) {
      const type = meaning.startsWith('accepted') ? 'accepted' : 'permanent'
      const outcome = await refusal('postmark', status, { MessageID: 'x', ...body })
      expect(outcome, meaning).toMatchObject({ type, ...(inactive && { status: 'dropped' }) })
    }
  })
})

describe('postmarkMailer for several mails', () => {
  const three = ['dlv_a', 'dlv_b', 'dlv_c'].map((deliveryId) => outgoing({ deliveryId }))

  it('sends them in one call and tells what became of each', async () => {
    const items = [
      { ErrorCode: 0, Message: 'OK', MessageID: 'one' },
      { ErrorCode: 406, Message: 'Inactive recipient' },
      { ErrorCode: 300, Message: "Invalid 'To' address: 'x'." },
    ]
    const { mailer, requests } = await startProvider('postmark', [{ status: 200, body: JSON.stringify(items) }])
    expect(await mailer.sendBatch?.(three)).toMatchObject([
      { type: 'accepted', providerMessageId: 'one' },
      { type: 'permanent', status: 'dropped' },
      { type: 'permanent', status: 'failed', reason: 'address_invalid' },
    ])
    const [request, second] = await requests()
    expect(second).toBeUndefined()
    expect(request?.path).toBe('/email/batch')
    const sent: { Metadata: { delivery: string } }[] = JSON.parse(request?.body ?? '')
    expect(sent.map(({ Metadata }) => Metadata.delivery)).toEqual(['dlv_a', 'dlv_b', 'dlv_c'])
  })

  it('keeps the order around a mail that it refuses itself', async () => {
    const { mailer, requests } = await startProvider('postmark')
    const outcomes = await mailer.sendBatch?.([
      ...three,
      outgoing({ to: 'a, b@example.org' }),
      outgoing({ deliveryId: 'dlv_d' }),
    ])
    expect(outcomes?.map(({ type }) => type)).toEqual(['accepted', 'accepted', 'accepted', 'permanent', 'accepted'])
    expect(JSON.parse((await requests())[0]?.body ?? '')).toHaveLength(4)
  })

  it('makes calls of 500 mails and 10 MB at most', async () => {
    const { mailer, requests } = await startProvider('postmark')
    const many = Array.from({ length: 501 }, (_, index) => ({ ...outgoing(), deliveryId: `dlv_${index}` }))
    const outcomes = await mailer.sendBatch?.(many)
    expect(outcomes?.every(({ type }) => type === 'accepted')).toBe(true)
    expect((await requests()).map(({ body }) => JSON.parse(body).length)).toEqual([500, 1])
  })

  it('says of each the same where the whole call failed, was cut or answered with something else', async () => {
    const run = async (step: Parameters<typeof outcomeOn>[1]) => {
      const { mailer } = await startProvider('postmark', [step])
      return (await mailer.sendBatch?.(three))?.map((outcome) => ('reason' in outcome ? outcome.reason : outcome.type))
    }
    const each = (what: string) => [what, what, what]
    expect(await run({ status: 401, body: '{"ErrorCode":10,"Message":"No"}' })).toEqual(each('credentials_refused'))
    expect(await run({ status: 503 })).toEqual(each('server_busy'))
    expect(await run({ cut: 'after' })).toEqual(each('unknown'))
    for (const body of ['', '[]', '{}', '<html>', '[null,7,"x"]']) {
      expect(await run({ status: 200, body })).toEqual(each('unknown'))
    }
  })
})
