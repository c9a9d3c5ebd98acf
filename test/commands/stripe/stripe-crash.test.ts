import { env } from 'cloudflare:test'
import { expect, it } from 'vitest'
import type { Deps } from '../../../src/commands/deps'
import { processStripeEvent } from '../../../src/commands/stripe/process-stripe-event'
import { dieAtEachCall, type Moment, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { insertAccount } from '../../support/fixtures'
import { HeldQueue } from '../../support/held-queue'
import { charge, refund } from '../../support/stripe'

const MINUTE_MS = 60_000
const EVENTS = [
  { id: 'evt_1', type: 'charge.succeeded', object: charge({ invoice: null }) },
  { id: 'evt_2', type: 'refund.created', object: refund(5000) },
]

/** Records a payment and a refund to be processed, in an account that mails its documents automatically. */
async function recordEvents(): Promise<void> {
  await freshStorage()
  await insertAccount('mine', { settings: { autosend: true, automaticTax: { category: 'S', rate: '20' } } })
  for (const { id, type, object } of EVENTS) {
    await env.DB.prepare(
      "INSERT INTO stripe_events VALUES ('mine', ?, ?, ?, 0, ?, 1, 'waiting', NULL, NULL, 1, 0, ?, NULL)",
    )
      .bind(id, type, object.id, Date.now(), JSON.stringify({ type, data: { object } }))
      .run()
  }
}

async function processAll(deps: Deps): Promise<void> {
  for (const { id } of EVENTS) await processStripeEvent(deps, 'mine', id)
}

async function dieAndRecover(n: number, moment: Moment): Promise<'done' | 'died'> {
  await recordEvents()
  let now = Date.now()
  const deps = testDeps({ now: () => now, deliverQueue: new HeldQueue<never>().binding })
  const process = new Process(n, moment)
  const fate = await process.run(processAll(mortalDeps(deps, env.DB, process, deps.mailer)))
  for (let round = 0; round < 2; round++) {
    now += 5 * MINUTE_MS
    await processAll(deps)
  }
  return fate
}

async function expectTruth(when: string): Promise<void> {
  const documents = await rows('SELECT kind, status, number, total, credited FROM documents ORDER BY kind DESC')
  expect(documents, when).toMatchObject([
    { kind: 'receipt', status: 'final', total: 12000, credited: 5000 },
    { kind: 'credit_note', status: 'final', total: 5000 },
  ])
  expect(await rows('SELECT next FROM series'), `${when}: one number of each series`).toEqual([
    { next: 2 },
    { next: 2 },
  ])
  expect(await row('SELECT count(*) AS n FROM deliveries'), `${when}: one mail of each`).toEqual({ n: 2 })
  expect(await row('SELECT count(*) AS n FROM contacts'), `${when}: one contact`).toEqual({ n: 1 })
  const open = await rows("SELECT id, state, reason FROM stripe_events WHERE state <> 'done'")
  expect(open, when).toEqual([])
}

it.each(['before', 'after'] as const)(
  'a process that dies at any call, %s it takes effect, makes one receipt, one credit note and one mail of each',
  async (moment) => {
    const calls = await dieAtEachCall(moment, dieAndRecover, expectTruth)
    expect(calls).toBeGreaterThan(20)
  },
  300_000,
)
