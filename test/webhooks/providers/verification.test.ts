/** Who calls: genuine, forged, replayed, late and malformed calls of each provider. */
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { brevoWebhook } from '../../../src/webhooks/providers/brevo'
import { mailgunWebhook } from '../../../src/webhooks/providers/mailgun'
import { postmarkWebhook } from '../../../src/webhooks/providers/postmark'
import type { ProviderWebhook, WebhookCall } from '../../../src/webhooks/providers/provider-webhook'
import { resendWebhook } from '../../../src/webhooks/providers/resend'
import { sendgridWebhook } from '../../../src/webhooks/providers/sendgrid'
import { call, mailgunCall, NOW, sendgridCall, svixCall, tampered } from '../../support/webhook-calls'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const BODY = '{"type":"email.sent",\r\n"data":{}}'

const verdict = async (webhook: ProviderWebhook, made: WebhookCall, ...keys: string[]) =>
  (await webhook.verify(made, { keys })).verdict

describe('Resend’s signature', () => {
  const secret = `whsec_${Buffer.from('a secret of the tests').toString('base64')}`
  const other = `whsec_${Buffer.from('another one').toString('base64')}`

  it('is good under each of the secrets that are valid, with or without its prefix', async () => {
    expect(await verdict(resendWebhook, svixCall(BODY, secret), secret)).toBe('genuine')
    expect(await verdict(resendWebhook, svixCall(BODY, secret), secret.replace('whsec_', ''))).toBe('genuine')
    expect(await verdict(resendWebhook, svixCall(BODY, secret), other, secret)).toBe('genuine')
    const { headers, ...made } = svixCall(BODY, secret)
    const several = new Headers(headers)
    several.set('svix-signature', `v1,AAAA v2,BBBB ${headers.get('svix-signature')} v1,`)
    expect(await verdict(resendWebhook, { ...made, headers: several }, secret)).toBe('genuine')
  })

  it('is refused for another secret, none, or other bytes', async () => {
    for (const keys of [[other], [], [''], ['whsec_']]) {
      expect(await verdict(resendWebhook, svixCall(BODY, secret), ...keys)).toBe('forged')
    }
    expect(await verdict(resendWebhook, svixCall(BODY, 'whsec_'), 'whsec_')).toBe('forged')
    expect(await verdict(resendWebhook, tampered(svixCall(BODY, secret)), secret)).toBe('forged')
    const { headers, now } = svixCall(BODY, secret)
    const withoutReturns = call(BODY.replaceAll('\r\n', '\n'), Object.fromEntries(headers), now)
    expect(await verdict(resendWebhook, withoutReturns, secret)).toBe('forged')
  })

  it('is refused five minutes before and after', async () => {
    for (const [off, expected] of [
      [-301_000, 'forged'],
      [-299_000, 'genuine'],
      [299_000, 'genuine'],
      [301_000, 'forged'],
    ] as const) {
      expect(await verdict(resendWebhook, svixCall(BODY, secret, { at: NOW + off }), secret), String(off)).toBe(
        expected,
      )
    }
  })

  it.each(['svix-id', 'svix-timestamp', 'svix-signature'])(
    'is refused without %s, or with one that is none',
    async (name) => {
      for (const value of ['', 'hello', 'v1', 'v1,', '-1', '1e9', '9'.repeat(400)]) {
        const { headers, ...made } = svixCall(BODY, secret)
        const changed = new Headers(headers)
        if (value === '') changed.delete(name)
        else changed.set(name, value)
        expect(await verdict(resendWebhook, { ...made, headers: changed }, secret), value).toBe('forged')
      }
    },
  )
})

describe('SendGrid’s signature', () => {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [mine, other] = [pair(), pair()]
  const spki = (key: ReturnType<typeof pair>) =>
    key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const BATCH = '[{"event":"open"}]\r\n'

  it('is good for its key, as it is shown or as PEM, beside the key before', async () => {
    const made = sendgridCall(BATCH, mine.privateKey)
    expect(await verdict(sendgridWebhook, made, spki(mine))).toBe('genuine')
    expect(await verdict(sendgridWebhook, made, spki(other), spki(mine))).toBe('genuine')
    const pem = mine.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    expect(await verdict(sendgridWebhook, made, pem)).toBe('genuine')
  })

  it('is refused for another key, one that is none, or other bytes', async () => {
    const made = sendgridCall(BATCH, mine.privateKey)
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' })
    for (const key of [spki(other), '', 'no key', rsa.toString('base64')]) {
      expect(await verdict(sendgridWebhook, made, key)).toBe('forged')
    }
    expect(await verdict(sendgridWebhook, made)).toBe('forged')
    expect(await verdict(sendgridWebhook, tampered(made), spki(mine))).toBe('forged')
  })

  it('is good for the day on which SendGrid repeats, and refused after', async () => {
    const at = (ms: number) => sendgridCall(BATCH, mine.privateKey, { at: NOW + ms })
    expect(await verdict(sendgridWebhook, at(-25 * HOUR), spki(mine))).toBe('genuine')
    expect(await verdict(sendgridWebhook, at(-27 * HOUR), spki(mine))).toBe('forged')
    expect(await verdict(sendgridWebhook, at(2 * HOUR), spki(mine))).toBe('forged')
  })

  it('is refused when it is missing or no signature at all', async () => {
    for (const signature of ['', 'AAAA', 'MEUCIQ==', '!', 'A'.repeat(5000)]) {
      const { headers, ...made } = sendgridCall(BATCH, mine.privateKey)
      const changed = new Headers(headers)
      changed.set('x-twilio-email-event-webhook-signature', signature)
      expect(await verdict(sendgridWebhook, { ...made, headers: changed }, spki(mine)), signature).toBe('forged')
    }
  })
})

describe('Mailgun’s signature', () => {
  const event = { event: 'delivered' }

  it('is good under each key that is valid, and names the token that must not come twice', async () => {
    const made = mailgunCall(event, 'mine')
    expect(await mailgunWebhook.verify(made, { keys: ['other', 'mine'] })).toEqual({
      verdict: 'genuine',
      replayKey: 'a'.repeat(50),
    })
    expect(
      await mailgunWebhook.verify(mailgunCall(event, 'mine', { token: 'b'.repeat(50) }), { keys: ['mine'] }),
    ).toEqual({
      verdict: 'genuine',
      replayKey: 'b'.repeat(50),
    })
  })

  it('is refused for another key, none, or an old time', async () => {
    for (const keys of [['other'], [], ['']]) {
      expect(await verdict(mailgunWebhook, mailgunCall(event, 'mine'), ...keys)).toBe('forged')
    }
    expect(await verdict(mailgunWebhook, mailgunCall(event, ''), '')).toBe('forged')
    const at = (ms: number) => mailgunCall(event, 'mine', { at: NOW + ms })
    expect(await verdict(mailgunWebhook, at(-8 * HOUR), 'mine')).toBe('genuine')
    expect(await verdict(mailgunWebhook, at(-10 * HOUR), 'mine')).toBe('forged')
    expect(await verdict(mailgunWebhook, at(10 * MINUTE), 'mine')).toBe('forged')
  })

  it('is refused when parts of it are missing or of another type', async () => {
    const bodies = [
      ...['', '[', 'null', '[]', '{"signature":null}', '{"signature":[]}'],
      ...[{ signature: { timestamp: [], token: {}, signature: 1 } }, { signature: 'x' }],
      new Uint8Array([0xff, 0xfe, 0x7b]),
    ]
    for (const body of bodies) expect(await verdict(mailgunWebhook, call(body), 'mine')).toBe('forged')
  })
})

describe.each([
  ['Postmark', postmarkWebhook],
  ['Brevo', brevoWebhook],
])('the secret that %s names', (_, webhook) => {
  const basic = (pair: string) => call('{}', { authorization: `Basic ${Buffer.from(pair).toString('base64')}` })

  it('is good as password under any user name, as bearer token and in our header', async () => {
    expect(await verdict(webhook, basic('anyone:geheim-é'), 'other', 'geheim-é')).toBe('genuine')
    expect(await verdict(webhook, basic('facteur:with:colon'), 'facteur:with:colon')).toBe('genuine')
    expect(await verdict(webhook, call('{}', { authorization: 'Bearer secret' }), 'secret')).toBe('genuine')
    expect(await verdict(webhook, call('{}', { authorization: 'bearer  secret ' }), 'secret')).toBe('genuine')
    expect(await verdict(webhook, call('{}', { 'x-facteur-secret': 'secret' }), 'secret')).toBe('genuine')
  })

  it('is refused when it is another, a part of it, empty or missing', async () => {
    const wrong = [
      ...[call('{}'), basic(''), basic(':'), basic('secret:'), basic('user:secre'), basic('user:secrets')],
      ...['Basic', 'Basic !', 'Bearer', 'Bearer Secret', 'secret', 'Digest secret'].map((authorization) =>
        call('{}', { authorization }),
      ),
      call('{}', { 'x-facteur-secret': '' }),
    ]
    for (const made of wrong) {
      expect(await verdict(webhook, made, 'secret', ''), made.headers.get('authorization') ?? '').toBe('forged')
    }
    expect(await verdict(webhook, basic('user:secret'))).toBe('forged')
  })
})
