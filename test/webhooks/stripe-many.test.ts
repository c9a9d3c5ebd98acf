/** Tests a month's renewals: more events at once than one invocation has queries for. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Env } from '../../src/env'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { HeldQueue } from '../support/held-queue'
import { charge, connected } from '../support/stripe'
import { consume, tick } from '../support/worker'

const MANY = 60
const MOST = 25

let merchant: Merchant
const queue = new HeldQueue<unknown>()
const bindings = { ...env, EVENT_QUEUE: queue.binding } as unknown as Env

beforeEach(async () => {
  await freshStorage()
  queue.take()
  merchant = await signUp({ settings: { automaticTax: { category: 'S', rate: '20' } } })
  await connected(merchant)
  await env.DB.batch(
    Array.from({ length: MANY }, (_, n) => {
      const object = charge({ id: `ch_${n}`, payment_intent: `pi_${n}`, invoice: null })
      return env.DB.prepare(
        "INSERT INTO stripe_events (account_id, id, type, subject, test, told_at, received_at, state, due_at, body) VALUES (?, ?, 'charge.succeeded', ?, 0, ?, ?, 'waiting', 1, ?)",
      ).bind(
        merchant.accountId,
        `evt_${n}`,
        `ch_${n}`,
        Date.now(),
        Date.now(),
        JSON.stringify({ type: 'charge.succeeded', data: { object } }),
      )
    }),
  )
})

const receipts = async () => (await row<{ n: number }>("SELECT count(*) AS n FROM documents WHERE status = 'final'")).n

describe('more events than one invocation may take', () => {
  it('in one batch of the queue go back onto it, until all are processed', async () => {
    const ids = await rows<{ id: string }>('SELECT id FROM stripe_events')
    let messages: unknown[] = ids.map(({ id }) => ({ stripe: { accountId: merchant.accountId, eventId: id } }))
    for (let batch = 1; messages.length > 0; batch++) {
      const { explicitAcks } = await consume('facteur-events', messages, bindings)
      expect(explicitAcks).toHaveLength(messages.length)
      expect(await receipts()).toBe(Math.min(MANY, batch * MOST))
      messages = queue.take()
    }
    expect(await receipts()).toBe(MANY)
  })

  it('that are due at one tick are put onto the queue by it', async () => {
    await tick(bindings)
    expect(await receipts()).toBe(MOST)
    expect(queue.held).toHaveLength(MANY - MOST)
    // Even if the queue loses all messages, no event is lost.
    for (let minute = 0; minute < 2; minute++) await tick(bindings)
    expect(await receipts()).toBe(MANY)
  })
})
