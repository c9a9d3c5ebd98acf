/** Checks that outcomes are written even if the database fails for a while. */
import { beforeEach, expect, it } from 'vitest'
import { freshStorage, row, rows } from '../../support/database'
import { accepted, Engine, refusingDb } from '../../support/engine'
import { insertAccount, insertQueuedSends } from '../../support/fixtures'

const OUTAGE = 'D1_ERROR: Network connection lost.'
const isOutcome = (sql: string) => sql.includes('provider_message_id = coalesce')

beforeEach(async () => {
  await freshStorage()
  await insertAccount('mine')
  const address = 'a<n>@shop.example'
  await insertQueuedSends({ accountId: 'mine', name: 'a', count: 10, dueAt: Date.now() - 1, address, attachPdf: false })
})

it('a write that fails is tried again, and the rest of the batch continues', async () => {
  let failures = 0
  const db = refusingDb((sql) => (isOutcome(sql) && failures++ < 2 ? OUTAGE : undefined))
  const engine = new Engine(() => accepted, { db })
  await engine.turn()
  expect(await rows('SELECT DISTINCT status, attempt FROM deliveries')).toEqual([{ status: 'sent', attempt: 1 }])
  expect(engine.tried).toHaveLength(10)
})

it('an outcome that can’t be written does not prevent the others', async () => {
  const db = refusingDb((sql, values) =>
    isOutcome(sql) && String(values).includes('dlv_a_3') ? 'D1_ERROR: SQLITE_ERROR' : undefined,
  )
  const engine = new Engine(() => accepted, { db })
  await engine.turn()
  expect(await rows("SELECT id, status FROM deliveries WHERE status <> 'sent'")).toEqual([
    { id: 'dlv_a_3', status: 'sending' },
  ])
  expect(engine.tried).toHaveLength(10)
})

it('an outcome after the sweep has marked its delivery unknown replaces that, and settles the problem', async () => {
  const sweeper = new Engine()
  const engine = new Engine(async ({ to }) => {
    if (to !== 'a1@shop.example') return accepted
    // The process stands still until the lease has run out.
    engine.now += 6 * 60_000
    sweeper.now = engine.now
    await sweeper.tick()
    expect(await row("SELECT status FROM deliveries WHERE id = 'dlv_a_1'")).toEqual({ status: 'unknown' })
    expect(await rows("SELECT settled_at FROM problems WHERE delivery_id = 'dlv_a_1'")).toEqual([{ settled_at: null }])
    return accepted
  })
  await engine.tick()
  await engine.consume()
  expect(await row("SELECT status, ended_at, reason FROM deliveries WHERE id = 'dlv_a_1'")).toEqual({
    ...{ status: 'sent', ended_at: null, reason: null },
  })
  expect(await rows("SELECT 1 FROM problems WHERE delivery_id = 'dlv_a_1' AND settled_at IS NULL")).toEqual([])
  expect(await row("SELECT mail_state FROM documents WHERE id = 'doc_a_1'")).toEqual({ mail_state: 'sent' })
})

it('a late outcome other than accepted leaves the delivery unknown: it is not repeated', async () => {
  const sweeper = new Engine()
  const engine = new Engine(async ({ to }) => {
    if (to !== 'a1@shop.example') return accepted
    engine.now += 6 * 60_000
    sweeper.now = engine.now
    await sweeper.tick()
    return { type: 'retry', text: '451' }
  })
  await engine.tick()
  await engine.consume()
  expect(await row("SELECT status, due_at FROM deliveries WHERE id = 'dlv_a_1'")).toEqual({
    ...{ status: 'unknown', due_at: null },
  })
})
