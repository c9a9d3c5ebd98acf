import { describe, expect, it } from 'vitest'
import { cloudflareMailer } from '../../src/mail/cloudflare'
import { LOGO, outgoing, PDF } from '../support/providers'
import { vector } from '../support/vectors'

function binding(answer: () => Promise<EmailSendResult> = async () => ({ messageId: '<one@mail.facteur.test>' })) {
  const sent: EmailMessageBuilder[] = []
  const send = async (message: EmailMessageBuilder) => {
    sent.push(message)
    return answer()
  }
  return { sent, send }
}

const thrown = (error: unknown) => cloudflareMailer(binding(() => Promise.reject(error))).send(outgoing())
const code = (name: string) => thrown(Object.assign(new Error('Because.'), { code: name }))

describe('cloudflareMailer', () => {
  it('sends the stored mail with its files, our id and the headers that are allowed', async () => {
    const email = binding()
    expect(await cloudflareMailer(email).send(outgoing())).toMatchObject({
      ...{ type: 'accepted', providerMessageId: 'one@mail.facteur.test' },
    })
    expect(email.sent).toEqual([
      {
        from: { email: 'notifications@mail.facteur.test', name: 'Atelier Été via Facteur' },
        to: 'zoe@example.org',
        replyTo: 'bonjour@atelier.example',
        subject: 'Facture n° 12 – été',
        html: '<p>Bonjour Zoë</p><img src="cid:logo@facteur" alt="Atelier">',
        text: 'Bonjour Zoë,\nvoici.\n',
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Facteur-Delivery': 'dlv_01KB0',
          'List-Unsubscribe': '<https://facteur.example/d/abc/unsubscription>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
        attachments: [
          { disposition: 'attachment', filename: 'Facture été.pdf', type: 'application/pdf', content: PDF },
          { disposition: 'inline', contentId: 'logo@facteur', filename: 'logo.png', type: 'image/png', content: LOGO },
        ],
      },
    ])
  })

  it.each([
    ['E_RATE_LIMIT_EXCEEDED', 'retry', 'rate_limited'],
    ['E_INTERNAL_SERVER_ERROR', 'retry', 'server_busy'],
    ['E_DAILY_LIMIT_EXCEEDED', 'pause', 'quota_exhausted'],
    ['E_SENDER_NOT_VERIFIED', 'pause', 'sender_not_verified'],
    ['E_SENDER_DOMAIN_NOT_AVAILABLE', 'pause', 'sender_not_verified'],
    ['E_RECIPIENT_SUPPRESSED', 'permanent', 'provider_suppression'],
    ['E_RECIPIENT_NOT_ALLOWED', 'permanent', 'recipient_refused'],
    ['E_CONTENT_TOO_LARGE', 'permanent', 'message_too_large'],
    ['E_HEADERS_TOO_LARGE', 'permanent', 'message_refused'],
  ])('understands %s', async (name, type, reason) => {
    expect(await code(name)).toMatchObject({ type, reason, text: `${name}: Because.` })
  })

  it('leaves a mail unknown that failed on its way, without a known code, or in silence', async () => {
    expect(await code('E_DELIVERY_FAILED')).toMatchObject({ type: 'unknown' })
    expect(await code('E_NEW')).toMatchObject({ type: 'unknown' })
    for (const error of [new Error('Oops'), 'Oops', undefined, { code: 'E_DAILY_LIMIT_EXCEEDED' }]) {
      expect(await thrown(error)).toMatchObject({ type: 'unknown' })
    }
    const silent = cloudflareMailer(
      binding(() => new Promise(() => {})),
      { timeoutMs: 50 },
    )
    expect(await silent.send(outgoing())).toMatchObject({ type: 'unknown' })
    const empty = cloudflareMailer(binding(async () => ({ messageId: '' })))
    expect(await empty.send(outgoing())).toMatchObject({ type: 'unknown' })
  })

  it('understands the local stand-in, which has no codes', async () => {
    expect(await thrown(new Error('email to a@b.c not allowed'))).toMatchObject({ reason: 'recipient_refused' })
    expect(await thrown(new Error('email from a@b.c not allowed'))).toMatchObject({ reason: 'sender_not_verified' })
  })

  it('refuses a mail of more than 5 MiB', async () => {
    const email = binding()
    const mime = new Uint8Array(5 * 1024 * 1024 + 1)
    expect(await cloudflareMailer(email).send(outgoing({ mime }))).toMatchObject({ reason: 'message_too_large' })
    expect(email.sent).toEqual([])
  })

  it('understands every documented code', async ({ skip }) => {
    const documented = await vector('cloudflare/binding-errors.json')
    if (!documented) return skip('no ../shared/vectors/cloudflare/binding-errors.json here')
    const groups = documented as Record<string, string[]>
    const types: Record<string, string> = {
      ...{ retryable: 'retry', quota_wait_until_next_day: 'pause', permanent_recipient: 'permanent' },
      ...{ permanent_config: 'pause', permanent_message: 'permanent' },
    }
    for (const [group, type] of Object.entries(types)) {
      for (const name of groups[group] ?? []) {
        const ambiguous = name.startsWith('E_DELIVERY_FAILED')
        expect((await code(name.split(' ')[0] ?? '')).type, name).toBe(ambiguous ? 'unknown' : type)
      }
    }
  })
})
