/** Payloads that were damaged on the way: nothing throws, and none makes an address bad that was good. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WebhookCall } from '../../../src/webhooks/providers/provider-webhook'
import { mutationsOf } from '../../support/mutations'
import { isThorough } from '../../support/thorough'
import { call, NOW, snsMessage } from '../../support/webhook-calls'
import {
  brevoEvent,
  cloudflareEvent,
  mailgunEvent,
  mailgunFailure,
  postmarkBounce,
  postmarkEvent,
  resendBounce,
  resendEvent,
  sendgridEvent,
  sesBounce,
  sesEvent,
} from '../../support/webhook-payloads'
import { READERS, WEBHOOKS } from '../../support/webhook-readers'

/** Of each provider: events that say nothing against an address. */
const HARMLESS: Record<keyof typeof READERS, unknown[]> = {
  resend: [
    ...[resendEvent('email.delivered'), resendEvent('email.suppressed'), resendEvent('email.clicked')],
    resendBounce({ type: 'Transient', subType: 'MailboxFull', diagnosticCode: ['452 4.2.2 full'] }),
    resendBounce({ type: 'Permanent', subType: 'Suppressed', message: 'on the suppression list for hard bounces' }),
  ],
  postmark: [
    ...[postmarkEvent('Delivery'), postmarkBounce('SoftBounce', '552 5.2.2 full'), postmarkBounce('Transient')],
    postmarkEvent('SubscriptionChange', { SuppressSending: true, SuppressionReason: 'ManualSuppression' }),
  ],
  sendgrid: [
    [sendgridEvent('delivered'), sendgridEvent('deferred', { response: '400 later' }), sendgridEvent('open')],
    [sendgridEvent('bounce', { type: 'blocked', status: '5.2.2', reason: '552 5.2.2 over quota' })],
    [sendgridEvent('dropped', { reason: 'Bounced Address', status: '5.0.0' }), sendgridEvent('click')],
  ],
  mailgun: [
    ...[mailgunEvent('delivered'), mailgunFailure('temporary', 'bounce', { code: 550, message: '4.2.1 later' })],
    mailgunFailure('permanent', 'suppress-bounce', { code: 605, message: 'Not delivering to previously bounced' }),
    mailgunFailure('permanent', 'old', { code: 602, message: 'Too old' }),
  ],
  ses: [
    ...[sesEvent('Send', { send: {} }), sesEvent('Delivery', { delivery: { recipients: ['zoe@example.org'] } })],
    ...[sesBounce('Transient', 'General', { status: '5.4.4' }), sesBounce('Permanent', 'Suppressed')],
  ],
  brevo: [
    ...[brevoEvent('delivered'), brevoEvent('deferred', { reason: '550 5.1.1 unknown' }), brevoEvent('soft_bounce')],
    brevoEvent('blocked', { reason: 'blocked : due to unsubscribed user' }),
  ],
  cloudflare: [
    ...[cloudflareEvent('delivered'), cloudflareEvent('deferred', { bounce: { type: 'soft' } })],
    ...[cloudflareEvent('bounced', { bounce: { type: 'soft', reason: '450 x' } }), cloudflareEvent('rejected')],
  ],
}

const RUNS = { numRuns: isThorough() ? 10_000 : 300, seed: 20261124 }

describe.each(Object.entries(HARMLESS))('mutated events of %s', (provider, payloads) => {
  const read = READERS[provider as keyof typeof READERS]
  const mutated = mutationsOf(payloads)

  it('are read or not, but never as a hard bounce or complaint', () => {
    fc.assert(
      fc.property(mutated, (payload) => {
        for (const event of read(payload) ?? []) {
          expect(['bounced_hard', 'complained']).not.toContain(event.class)
          expect(event.at).toBeLessThanOrEqual(NOW)
          expect(event.at).toBeGreaterThan(0)
          expect(event.text.length).toBeLessThanOrEqual(500)
          expect(event.key).toMatch(/^[0-9a-f]{32}$/)
          expect(event.deliveryId).toMatch(/^(dlv_[0-9a-z]{26})?$/)
          for (const text of [event.type, event.recipient, event.providerMessageId, event.reason ?? '']) {
            expect(text.length).toBeLessThanOrEqual(500)
            expect(text.isWellFormed()).toBe(true)
          }
        }
      }),
      RUNS,
    )
  })
})

describe.each(Object.entries(WEBHOOKS))('damaged bytes of %s', (provider, webhook) => {
  const payloads = HARMLESS[provider as keyof typeof READERS]
  const whole = payloads.map((payload) => {
    const body = provider === 'ses' ? snsMessage(payload) : provider === 'mailgun' ? { 'event-data': payload } : payload
    return new TextEncoder().encode(JSON.stringify(body))
  })
  const damaged = fc
    .record({ body: fc.constantFrom(...whole), cut: fc.nat(), at: fc.nat(), byte: fc.nat(255), kind: fc.nat(3) })
    .map(({ body, cut, at, byte, kind }): WebhookCall => {
      if (kind === 0) return call(body.slice(0, cut % body.length))
      if (kind === 1) return call(new Uint8Array([...body, byte]))
      const changed = Uint8Array.from(body)
      // In two of four cases by what is not UTF-8.
      changed[at % body.length] = kind === 2 ? byte : byte | 0x80
      return call(changed)
    })

  it('are read or not, verified by nobody, and throw nothing', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async (made) => {
        for (const event of webhook.read(made) ?? []) {
          expect(['bounced_hard', 'complained']).not.toContain(event.class)
        }
        const { verdict } = await webhook.verify(made, { keys: ['a key'], topics: ['a topic'] })
        expect(verdict).toBe('forged')
      }),
      RUNS,
    )
  })

  it('that are no events at all are none of this provider’s', () => {
    for (const body of [
      '',
      ' ',
      'null',
      'true',
      '3',
      '"x"',
      '{}',
      '[[]]',
      '[',
      '{"a":',
      '\ufeff',
      '['.repeat(100_000),
    ]) {
      expect(webhook.read(call(body)), body.slice(0, 20)).toBeUndefined()
    }
    expect(webhook.read(call(new Uint8Array([0xff, 0x7b, 0x7d])))).toBeUndefined()
  })
})
