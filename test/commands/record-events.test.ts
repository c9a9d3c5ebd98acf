import { env } from 'cloudflare:test'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { DELIVERY_RANK, type DeliveryStatus } from '../../src/domain/delivery'
import type { DeliveryEvent, EventClass } from '../../src/domain/delivery-event'
import { freshStorage, row, rows } from '../support/database'
import { insertAccount, insertQueuedSends } from '../support/fixtures'
import { consume, reportEvents } from '../support/worker'

const ID = 'dlv_a_1'

const event = (eventClass: EventClass, change: Partial<DeliveryEvent> = {}): DeliveryEvent => ({
  key: `${ID}:${eventClass}`,
  class: eventClass,
  deliveryId: ID,
  attempt: 1,
  at: Date.now(),
  text: '',
  ...change,
})

const report = (...events: DeliveryEvent[]) => reportEvents('simulator', events)
const status = () =>
  row<{ status: string }>('SELECT status FROM deliveries WHERE id = ?', ID).then((found) => found.status)
const put = (change: string) => env.DB.exec(`UPDATE deliveries SET ${change} WHERE id = '${ID}'`)

async function sentDelivery(address = 'delivered@simulator.test'): Promise<void> {
  await freshStorage()
  await insertAccount('mine')
  await insertQueuedSends({ accountId: 'mine', name: 'a', count: 1, address, dueAt: Date.now() })
  await put("status = 'sent', rank = 4, due_at = NULL, attempt = 1, sent_at = 1")
}

beforeEach(() => sentDelivery())

describe('what a provider reports', () => {
  it('moves a delivery to delivered, and its document with it, leaving no other row behind', async () => {
    await report(event('delivered', { at: 5_000 }))
    expect(await row('SELECT status, delivered_at FROM deliveries')).toEqual({
      status: 'delivered',
      delivered_at: 5_000,
    })
    expect(await row('SELECT mail_state FROM documents')).toEqual({ mail_state: 'delivered' })
    expect(await rows('SELECT * FROM history')).toEqual([])
    expect(await rows('SELECT * FROM provider_events')).toEqual([])
  })

  it('never moves a delivery back, late or repeated', async () => {
    await report(event('delivered'))
    await report(event('deferred'), event('sent'), event('delivered'))
    expect(await status()).toBe('delivered')
  })

  it('lets a bounce win that comes after the delivery, suppresses the address and keeps the server’s words', async () => {
    await report(event('delivered'))
    await report(event('bounced_hard', { text: '550 5.1.1 user unknown' }))
    await report(event('bounced_hard', { text: '550 5.1.1 user unknown' }))
    expect(await row('SELECT status, server_text FROM deliveries')).toEqual({
      status: 'bounced',
      server_text: '550 5.1.1 user unknown',
    })
    expect(await row('SELECT mail_state FROM documents')).toEqual({ mail_state: 'problem' })
    expect(await rows('SELECT type FROM history')).toEqual([{ type: 'bounced' }])
    expect(await rows('SELECT address_key, reason FROM suppressions')).toEqual([
      { address_key: 'delivered@simulator.test', reason: 'hard_bounce' },
    ])
  })

  it('never suppresses an address for a policy or a full mailbox, whatever the provider calls it', async () => {
    await report(event('bounced_hard', { text: '550 5.7.26 unauthenticated mail' }))
    expect(await status()).toBe('soft_bounced')
    expect(await rows('SELECT * FROM suppressions')).toEqual([])
  })

  it('suppresses after a complaint', async () => {
    await report(event('delivered'), event('complained'))
    expect(await status()).toBe('complained')
    expect(await rows('SELECT reason FROM suppressions')).toEqual([{ reason: 'complaint' }])
  })

  it('settles a delivery whose answer was lost', async () => {
    await put("status = 'unknown', rank = 3")
    await report(event('delivered', { attempt: 0 }))
    expect(await status()).toBe('delivered')
  })

  it('withdraws a repeat not yet claimed when an earlier attempt turns out to have arrived', async () => {
    await put("status = 'queued', rank = 0, due_at = 99, attempt = 1, sent_at = NULL")
    await report(event('delivered', { attempt: 1 }))
    expect(await row('SELECT status, due_at FROM deliveries')).toEqual({ status: 'delivered', due_at: null })
  })

  it('only notes in History what an earlier attempt was merely deferred or refused for', async () => {
    await put("status = 'queued', rank = 0, due_at = 99, attempt = 1, sent_at = NULL")
    await report(event('deferred', { attempt: 1, text: 'greylisted' }))
    await report(event('bounced_soft', { attempt: 1, text: 'gave up' }))
    expect(await row('SELECT status, due_at FROM deliveries')).toEqual({ status: 'queued', due_at: 99 })
    expect(await rows('SELECT type FROM history ORDER BY type')).toEqual([
      { type: 'deferred' },
      { type: 'soft_bounced' },
    ])
  })

  it('moves nothing that went out through another connection', async () => {
    await reportEvents('deployment', [event('bounced_hard')])
    expect(await status()).toBe('sent')
    expect(await rows('SELECT * FROM suppressions')).toEqual([])
    expect(await rows('SELECT connection, key FROM provider_events')).toEqual([
      { connection: 'deployment', key: `${ID}:bounced_hard` },
    ])
  })

  it('keeps what names no delivery of ours, and what is no event at all harms nobody', async () => {
    await report(event('delivered', { deliveryId: 'dlv_nobody', key: 'x' }))
    expect(await rows('SELECT key FROM provider_events')).toEqual([{ key: 'x' }])
    const result = await consume('facteur-events', [{ nonsense: true }, 'text', null])
    expect(result.explicitAcks).toHaveLength(3)
  })
})

describe('any interleaving of events', () => {
  const classes: EventClass[] = [
    'sent',
    'delivered',
    'deferred',
    'bounced_soft',
    'bounced_hard',
    'dropped',
    'failed',
    'complained',
  ]
  const STATUS: Record<string, DeliveryStatus> = { bounced_hard: 'bounced', bounced_soft: 'soft_bounced' }
  const rankOf = (eventClass: EventClass) => DELIVERY_RANK[STATUS[eventClass] ?? (eventClass as DeliveryStatus)]

  it('leaves the delivery in the state its best event says', async () => {
    const batches = fc.array(fc.array(fc.constantFrom(...classes), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(batches, async (reported) => {
        await put("status = 'sent', rank = 4, due_at = NULL, attempt = 1, sent_at = 1, delivered_at = NULL")
        for (const batch of reported) await report(...batch.map((eventClass) => event(eventClass)))
        const best = Math.max(DELIVERY_RANK.sent, ...reported.flat().map(rankOf))
        expect(DELIVERY_RANK[(await status()) as DeliveryStatus]).toBe(best)
      }),
      { numRuns: 60 },
    )
  })
})
