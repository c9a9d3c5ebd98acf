import { env } from 'cloudflare:test'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { DELIVERY_RANK, type DeliveryStatus, mailStateOf } from '../../../src/domain/delivery'
import { type DeliveryEvent, type EventClass, statusOfEvent } from '../../../src/domain/delivery-event'
import { isProblemStatus } from '../../../src/domain/problem'
import { freshStorage, row, rows } from '../../support/database'
import { insertAccount, insertQueuedSends } from '../../support/fixtures'
import { consume, reportEvents, tick } from '../../support/worker'

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
  it('moves a delivery and its document to delivered, and adds no other row', async () => {
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

  it('takes an opened or clicked mail for delivered, and keeps nothing else of it', async () => {
    await report(event('delivered', { at: 5_000 }), event('opened', { at: 9_000 }))
    await report(event('clicked', { at: 10_000 }))
    expect(await row('SELECT status, delivered_at FROM deliveries')).toEqual({
      status: 'delivered',
      delivered_at: 5_000,
    })
    await sentDelivery()
    await report(event('opened', { at: 9_000 }))
    expect(await row('SELECT status, delivered_at FROM deliveries')).toEqual({
      status: 'delivered',
      delivered_at: 9_000,
    })
    expect(await rows('SELECT * FROM history')).toEqual([])
    expect(await rows('SELECT * FROM provider_events')).toEqual([])
  })

  it('keeps the wish of a recipient and leaves the delivery as it is', async () => {
    await report(event('unsubscribed'), event('resubscribed'))
    expect(await status()).toBe('sent')
    expect(await rows('SELECT key FROM provider_events')).toHaveLength(2)
  })

  it('lets a bounce after the delivery replace it, suppresses the address and keeps the server’s words', async () => {
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

  it('settles a delivery whose reply was lost', async () => {
    await put("status = 'unknown', rank = 3")
    await report(event('delivered', { attempt: 0 }))
    expect(await status()).toBe('delivered')
  })

  it('cancels a repeat not yet claimed when an earlier attempt was delivered after all', async () => {
    await put("status = 'queued', rank = 0, due_at = 99, attempt = 1, sent_at = NULL")
    await report(event('delivered', { attempt: 1 }))
    expect(await row('SELECT status, due_at FROM deliveries')).toEqual({ status: 'delivered', due_at: null })
  })

  it('only adds to History when an earlier attempt was deferred or refused', async () => {
    await put("status = 'queued', rank = 0, due_at = 99, attempt = 1, sent_at = NULL")
    await report(event('deferred', { attempt: 1, text: 'greylisted' }))
    await report(event('bounced_soft', { attempt: 1, text: 'gave up' }))
    expect(await row('SELECT status, due_at FROM deliveries')).toEqual({ status: 'queued', due_at: 99 })
    expect(await rows('SELECT type FROM history ORDER BY type')).toEqual([
      { type: 'deferred' },
      { type: 'soft_bounced' },
    ])
  })

  it('moves no delivery of another connection', async () => {
    await reportEvents('deployment', [event('bounced_hard')])
    expect(await status()).toBe('sent')
    expect(await rows('SELECT * FROM suppressions')).toEqual([])
    expect(await rows('SELECT connection, key FROM provider_events')).toEqual([
      { connection: 'deployment', key: `${ID}:bounced_hard` },
    ])
  })

  it('stores events of unknown deliveries, and ignores messages that are no events', async () => {
    await report(event('delivered', { deliveryId: 'dlv_nobody', key: 'x' }))
    expect(await rows('SELECT key FROM provider_events')).toEqual([{ key: 'x' }])
    const result = await consume('facteur-events', [{ nonsense: true }, 'text', null])
    expect(result.explicitAcks).toHaveLength(3)
  })
})

describe('messages that have failed too often', () => {
  it('are stored if they contain events, so that none is lost', async () => {
    const dead = { connection: 'simulator', events: [event('delivered'), event('bounced_hard', { text: '550 5.1.1' })] }
    const result = await consume('facteur-events-dead', [dead, { nonsense: true }, dead])
    expect(result.explicitAcks).toHaveLength(3)
    expect(await rows('SELECT connection, key, delivery_id FROM provider_events ORDER BY key')).toEqual([
      { connection: 'simulator', key: `${ID}:bounced_hard`, delivery_id: ID },
      { connection: 'simulator', key: `${ID}:delivered`, delivery_id: ID },
    ])
    expect(await status(), 'what was said is not acted on').toBe('sent')
  })

  it('are dropped if they contain deliveries, which come back when their leases end', async () => {
    await put("status = 'dispatched', rank = 1, due_at = 1")
    const result = await consume('facteur-deliver-dead', [{ ids: [ID] }, null])
    expect(result.ackAll || result.explicitAcks.length === 2).toBe(true)
    await tick()
    const found = await row<{ status: string; due_at: number }>(
      'SELECT status, due_at FROM deliveries WHERE id = ?',
      ID,
    )
    expect(found.status).toBe('dispatched')
    expect(found.due_at).toBeGreaterThan(Date.now())
  })
})

describe('any interleaving of events', () => {
  const classes: EventClass[] = [
    ...([
      'queued',
      'sent',
      'delivered',
      'deferred',
      'bounced_soft',
      'bounced_hard',
      'dropped',
      'failed',
      'complained',
      'opened',
      'clicked',
    ] as const),
  ]
  /** Includes events of attempts other than the current one. */
  const fromAnyAttempt = ['delivered', 'bounced', 'complained']
  const CURRENT = 2
  /** States of a delivery with two attempts when the events arrive; its repeat may still be waiting. */
  const starts = ['sent', 'unknown', 'queued', 'dispatched', 'sending', 'deferred'] as const

  const IDS = ['dlv_p_1', 'dlv_p_2', 'dlv_p_3']
  const anEvent = fc.record({
    id: fc.constantFrom(...IDS),
    class: fc.constantFrom(...classes),
    /** 0 = not named by the provider; 1 = an earlier one; 2 = the current one. */
    attempt: fc.constantFrom(0, 1, CURRENT),
    /** Few keys, so that many events are repeats. */
    key: fc.integer({ min: 0, max: 5 }),
  })
  const history = fc.record({
    starts: fc.tuple(...IDS.map(() => fc.constantFrom(...starts))),
    batches: fc.array(fc.array(anEvent, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
  })

  /** Returns the ranks that a delivery may end with: that of its start, or the highest of those that count for it. */
  function bestRank(start: DeliveryStatus, events: { class: EventClass; attempt: number }[]): number {
    const waiting = start === 'queued' || start === 'dispatched'
    const counting = events.flatMap(({ class: eventClass, attempt }) => {
      const status = statusOfEvent(eventClass)
      if (!status) return []
      const counts = fromAnyAttempt.includes(status) || (!waiting && (attempt === 0 || attempt === CURRENT))
      return counts ? [DELIVERY_RANK[status]] : []
    })
    // An event that cancels a waiting repeat ends it; then other classes count too, but have a lower rank or are late.
    return Math.max(DELIVERY_RANK[start], ...counting)
  }

  it('with repeats and earlier attempts, leaves every delivery in the state of its highest-ranking event', async () => {
    await freshStorage()
    await insertAccount('mine')
    await insertQueuedSends({ accountId: 'mine', name: 'p', count: IDS.length, dueAt: Date.now() })
    await fc.assert(
      fc.asyncProperty(history, async ({ starts, batches }) => {
        await env.DB.batch([
          ...['history', 'provider_events', 'problems', 'suppressions'].map((table) =>
            env.DB.prepare(`DELETE FROM ${table}`),
          ),
          ...IDS.map((id, index) =>
            env.DB.prepare(
              'UPDATE deliveries SET status = ?, rank = ?, due_at = ?, attempt = 2, delivered_at = NULL WHERE id = ?',
            ).bind(
              starts[index],
              DELIVERY_RANK[starts[index] ?? 'sent'],
              ['queued', 'dispatched', 'sending'].includes(starts[index] ?? '') ? Date.now() + 600_000 : null,
              id,
            ),
          ),
        ])
        for (const batch of batches)
          await report(
            ...batch.map(({ id, key, ...generated }) =>
              event(generated.class, {
                deliveryId: id,
                attempt: generated.attempt,
                key: `${id}:${generated.class}:${generated.attempt}:${key}`,
              }),
            ),
          )
        const found = await rows<{
          id: string
          status: DeliveryStatus
          due_at: number | null
          mail_state: string
          open: number
        }>(
          `SELECT d.id, d.status, d.due_at, c.mail_state, p.status IS NOT NULL AS open
          FROM deliveries d JOIN documents c ON c.id = d.document_id
          LEFT JOIN problems p ON p.delivery_id = d.id AND p.status = d.status ORDER BY d.id`,
        )
        for (const [index, delivery] of found.entries()) {
          const events = batches.flat().filter(({ id }) => id === delivery.id)
          const start = starts[index] ?? 'sent'
          const best = bestRank(start, events)
          // After an event of any attempt has cancelled a waiting repeat, later events may still move it.
          const withdrawn = events.some(({ class: generated }) =>
            fromAnyAttempt.includes(statusOfEvent(generated) ?? ''),
          )
          const ranks = withdrawn ? [best, bestRank('sent', events)] : [best]
          expect(ranks, `${start} → ${delivery.status} after ${JSON.stringify(events)}`).toContain(
            DELIVERY_RANK[delivery.status],
          )
          if (events.length > 0) expect(delivery.mail_state).toBe(mailStateOf([delivery.status]))
          if (delivery.status !== start) expect(delivery.due_at).toBeNull()
          const failed = delivery.status !== start && isProblemStatus(delivery.status)
          if (failed) expect(delivery.open, delivery.status).toBe(1)
        }
      }),
      { numRuns: 80 },
    )
  }, 120_000)
})
