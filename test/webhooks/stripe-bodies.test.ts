import { env } from 'cloudflare:test'
import { beforeEach, expect, it } from 'vitest'
import { applyRetention } from '../../src/commands/maintenance/apply-retention'
import { routes } from '../../src/routes'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { charge, connected, postEvent, settle } from '../support/stripe'
import { stripeMerchant } from '../support/stripe-account'

const DAY_MS = 86_400_000
const unreadable = { type: 'charge.succeeded', object: { id: 'ch_1' } }

let merchant: Merchant
let hook: string

beforeEach(async () => {
  await freshStorage()
  ;({ merchant, hook } = await stripeMerchant())
})

const events = () =>
  rows<{ id: string; state: string; body: string | null }>('SELECT id, state, body FROM stripe_events ORDER BY id')
const bodies = async () =>
  (await env.BUCKET.list({ prefix: `stripe/${merchant.accountId}/` })).objects.map(({ key }) => key)

it('the body of an event is stored outside the database, only while it is needed', async () => {
  await postEvent(hook, { id: 'evt_done', type: 'charge.succeeded', object: charge() })
  await postEvent(hook, { id: 'evt_listed', ...unreadable })
  await postEvent(hook, { id: 'evt_unused', type: 'payout.paid', object: { id: 'po_1' } })
  expect((await events()).map(({ body }) => body)).toEqual([null, null, null])
  await settle('later')
  expect(await events()).toMatchObject([{ state: 'done' }, { state: 'unmapped' }, { state: 'ignored' }])
  expect(await bodies()).toEqual([`stripe/${merchant.accountId}/evt_listed.json`])
})

it('an event that Stripe repeats after it is done leaves no body behind, one that is listed keeps its own', async () => {
  for (let time = 0; time < 2; time++) {
    expect((await postEvent(hook, { id: 'evt_done', type: 'charge.succeeded', object: charge() })).status).toBe(200)
    await postEvent(hook, { id: 'evt_listed', ...unreadable })
    await settle('later')
  }
  expect(await bodies()).toEqual([`stripe/${merchant.accountId}/evt_listed.json`])
})

it('a listed event can be tried again from its body, and one from before has it in its row', async () => {
  await postEvent(hook, { id: 'evt_1', ...unreadable })
  await settle()
  await env.DB.prepare(
    "INSERT INTO stripe_events (account_id, id, type, subject, test, told_at, received_at, state, body) VALUES (?, 'evt_0', 'payout.paid', 'po_1', 0, 0, 0, 'unmapped', ?)",
  )
    .bind(merchant.accountId, JSON.stringify({ id: 'evt_0', type: 'payout.paid', data: { object: { id: 'po_1' } } }))
    .run()
  for (const id of ['evt_0', 'evt_1']) await merchant.post(routes.stripeReplay(id))
  expect(await events()).toMatchObject([{ state: 'ignored' }, { state: 'unmapped' }])
  expect(await rows("SELECT reason FROM stripe_events WHERE id = 'evt_1'")).toEqual([{ reason: 'fields_missing' }])
})

it('an event whose body is missing is listed, not treated as unsupported', async () => {
  await postEvent(hook, { id: 'evt_1', ...unreadable })
  await settle()
  await env.BUCKET.delete(await bodies())
  await merchant.post(routes.stripeReplay('evt_1'))
  expect(await rows('SELECT state, reason FROM stripe_events')).toEqual([{ state: 'unmapped', reason: 'failed' }])
})

it('an account’s bodies are limited per hour, without affecting another account', async () => {
  const large = { type: 'charge.succeeded', object: { id: 'ch_1', description: 'x'.repeat(900_000) } }
  const statuses: number[] = []
  for (let n = 0; n < 25; n++) statuses.push((await postEvent(hook, { id: `evt_${n}`, ...large })).status)
  expect([...new Set(statuses)]).toEqual([200, 429])
  expect(statuses.filter((status) => status === 200).length).toBe(23)
  expect((await postEvent(await connected(await signUp()), { id: 'evt_x', ...large })).status).toBe(200)
  // An hour later.
  await env.DB.exec('UPDATE stripe_budgets SET hour = hour - 1')
  expect((await postEvent(hook, { id: 'evt_24', ...large })).status).toBe(200)
})

it('bodies are deleted with their events, after thirty days', async () => {
  await postEvent(hook, { id: 'evt_1', ...unreadable })
  await settle()
  const deps = testDeps({ log: () => {}, now: () => Date.now() + 31 * DAY_MS })
  for (let minute = 0; minute < 40; minute++) await applyRetention(deps, minute)
  expect(await events()).toEqual([])
  expect(await bodies()).toEqual([])
})
