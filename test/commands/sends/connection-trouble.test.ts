/** Checks that a server that is down, silent, slow or refusing delays only its own mails. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { LEASE_MS } from '../../../src/domain/timing'
import type { SendOutcome } from '../../../src/mail/mailer'
import { smtpMailer } from '../../../src/mail/smtp'
import { insertConnection } from '../../support/connections'
import { freshStorage, row, rows } from '../../support/database'
import { accepted, Engine, held, unreachable, until } from '../../support/engine'
import { insertAccount, insertQueuedSends } from '../../support/fixtures'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const queue = (count: number, name = 'a') =>
  insertQueuedSends({
    accountId: 'mine',
    name,
    count,
    dueAt: Date.now() - 1,
    address: `${name}<n>@shop.example`,
    attachPdf: false,
  })
const count = (where: string) =>
  row<{ n: number }>(`SELECT count(*) AS n FROM deliveries WHERE ${where}`).then(({ n }) => n)

beforeEach(async () => {
  await freshStorage()
  await insertAccount('mine')
})

describe('a mail server that is down', () => {
  it('for days uses no attempt and counts against no address; when it works again, one mail tests it and the others follow', async () => {
    await queue(6)
    const name = 'mail.facteur.test'
    const down = smtpMailer({ host: '127.0.0.1', port: 1, security: 'none', user: '', pass: '', name })
    let isDown = true
    const engine = new Engine((mail) => (isDown ? down.send(mail) : accepted))
    const began = engine.now
    for (let turn = 0; turn < 10; turn++) {
      await engine.turn()
      engine.now += 9 * HOUR_MS
    }
    expect(await rows('SELECT DISTINCT status, attempt FROM deliveries')).toEqual([{ status: 'queued', attempt: 0 }])
    for (const table of ['history', 'problems', 'suppressions'])
      expect(await rows(`SELECT * FROM ${table}`)).toEqual([])
    expect(engine.tried.length, 'four at once, then one a time').toBe(4 + 9)
    expect(await row('SELECT since, failures FROM provider_states')).toEqual({ since: began, failures: 10 })

    isDown = false
    await engine.turn()
    expect(await count("status = 'sent'")).toBe(1)
    expect(await row('SELECT since, failures, paused_until FROM provider_states')).toEqual({
      ...{ since: null, failures: 0, paused_until: 0 },
    })
    await engine.turn()
    expect(await count("status = 'sent' AND attempt = 1")).toBe(6)
  }, 90_000)

  it('is tried again after a minute, then less and less often, ten minutes at most', async () => {
    await queue(1)
    const engine = new Engine(() => unreachable)
    const waits: number[] = []
    for (let n = 0; n < 6; n++) {
      await engine.turn()
      const { due_at } = await row<{ due_at: number }>('SELECT due_at FROM deliveries')
      waits.push((due_at - engine.now) / MINUTE_MS)
      engine.now = due_at
    }
    expect(waits).toEqual([1, 2, 5, 10, 10, 10])
  })

  it('leaves mails that were dispatched before waiting with the others, untried', async () => {
    await queue(3)
    await queue(3, 'b')
    const engine = new Engine(() => unreachable)
    await engine.tick()
    await engine.consume()
    const tried = engine.tried.length
    await env.DB.exec("UPDATE deliveries SET status = 'dispatched', rank = 1 WHERE id LIKE 'dlv_b%'")
    await engine.deps.deliverQueue.send({ ids: ['dlv_b_1', 'dlv_b_2', 'dlv_b_3'] })
    await engine.consume()
    expect(engine.tried).toHaveLength(tried)
    expect(await rows('SELECT DISTINCT status, due_at, attempt FROM deliveries')).toEqual([
      { status: 'queued', due_at: engine.now + MINUTE_MS, attempt: 0 },
    ])
  })
})

it('a refused password pauses for ten minutes: put back, held, tried with one mail, resumed', async () => {
  await queue(9)
  let password = 'wrong'
  const refused: SendOutcome = { type: 'pause', reason: 'credentials_refused', text: '535 5.7.8 no' }
  const engine = new Engine(() => (password === 'wrong' ? refused : accepted))
  await engine.turn()
  const until = engine.now + 10 * MINUTE_MS
  expect(await rows('SELECT DISTINCT status, due_at, attempt FROM deliveries')).toEqual([
    { status: 'queued', due_at: until, attempt: 0 },
  ])
  expect(await row('SELECT reason, server_text FROM provider_states')).toEqual({
    ...{ reason: 'credentials_refused', server_text: '535 5.7.8 no' },
  })
  engine.now = until - 1
  await engine.turn()
  const tried = engine.tried.length
  expect(tried).toBeLessThanOrEqual(4)
  password = 'right'
  engine.now = until
  await engine.turn()
  expect(engine.tried).toHaveLength(tried + 1)
  await engine.turn()
  expect(await count("status = 'sent' AND attempt = 1")).toBe(9)
  expect(await rows('SELECT * FROM history')).toEqual([])
})

it('a connection that breaks beside others that work delays one mail by a minute, and pauses nothing', async () => {
  await queue(12)
  const engine = new Engine(({ to, attempt }) =>
    to === 'a5@shop.example' && attempt === 1 && engine.tried.length < 9 ? unreachable : accepted,
  )
  await engine.turn()
  expect(await count("status = 'sent'")).toBe(11)
  expect(await row("SELECT status, attempt, due_at FROM deliveries WHERE status <> 'sent'")).toEqual({
    ...{ status: 'queued', attempt: 0, due_at: engine.now + MINUTE_MS },
  })
  expect(await rows('SELECT * FROM provider_states')).toEqual([])
  engine.now += MINUTE_MS
  await engine.turn()
  expect(await count("status = 'sent'")).toBe(12)
})

it('a silent server delays no other connection, and is tried with no more mails than are sent at the same time', async () => {
  await queue(20)
  await queue(20, 'b')
  await insertConnection('mine', 'other')
  await env.DB.exec("UPDATE deliveries SET connection = 'other' WHERE id LIKE 'dlv_b%'")
  const silence = held<SendOutcome>()
  const engine = new Engine((_, connection) => (connection === 'other' ? accepted : silence.promise))
  await engine.tick()
  const consuming = Promise.all(engine.deliverQueue.take().map(({ ids }) => ids)).then(async (all) => {
    await engine.deps.deliverQueue.send({ ids: all.flat() })
    await engine.consume()
  })
  await until(async () => (await count("connection = 'other' AND status = 'sent'")) === 20)
  expect(engine.tried.filter((to) => to.startsWith('a')).length).toBeLessThanOrEqual(4)
  silence.settle(unreachable)
  await consuming
  expect(engine.tried.filter((to) => to.startsWith('a')).length).toBeLessThanOrEqual(4)
  expect(await rows("SELECT DISTINCT status, attempt FROM deliveries WHERE connection <> 'other'")).toEqual([
    { status: 'queued', attempt: 0 },
  ])
})

it('one silent recipient delays neither other mails nor their outcomes', async () => {
  await queue(20)
  const silence = held<SendOutcome>()
  const engine = new Engine(({ to }) => (to === 'a1@shop.example' ? silence.promise : accepted))
  await engine.tick()
  const consuming = engine.consume()
  await until(async () => (await count("status = 'sent'")) === 19)
  expect(await count("status = 'sending'")).toBe(1)
  silence.settle({ type: 'retry', text: 'The server took too long' })
  await consuming
  expect(await row("SELECT status, attempt FROM deliveries WHERE id = 'dlv_a_1'")).toEqual({
    status: 'queued',
    attempt: 1,
  })
})

it('a slow server is used all the time: leases are renewed, and the next invocation sends what is left', async () => {
  await queue(100)
  const engine = new Engine(() => {
    engine.now += 4_000
    return accepted
  })
  await engine.tick()
  await engine.deps.deliverQueue.send({ ids: engine.deliverQueue.take().flatMap(({ ids }) => ids) })
  await engine.consume()
  const sent = await count("status = 'sent'")
  expect(sent, 'more than the lease of the dispatch had time for').toBeGreaterThan(LEASE_MS / 4_000 - 5)
  expect(await count("status = 'dispatched'")).toBe(100 - sent)
  for (let n = 0; n < 3; n++) await engine.consume()
  expect(await rows('SELECT DISTINCT status, attempt, due_at FROM deliveries')).toEqual([
    { status: 'sent', attempt: 1, due_at: null },
  ])
  expect(engine.tried).toHaveLength(100)
})

it('mails beyond the limit of one invocation go back onto the queue', async () => {
  await queue(7)
  const engine = new Engine()
  engine.deps.config = { ...engine.deps.config, DELIVERIES_PER_INVOCATION: 3 }
  await engine.tick()
  for (const sent of [3, 6, 7]) {
    await engine.consume()
    expect(await count("status = 'sent'")).toBe(sent)
  }
  expect(engine.deliverQueue.held).toEqual([])
})

describe('a refusal for now', () => {
  it('is tried again after 2, 10 and 30 minutes, 1, 2, 4, 8 and 8 hours, and then given up', async () => {
    await queue(1)
    const engine = new Engine(() => ({ type: 'retry', text: '451 4.7.1 try later' }))
    const waits: number[] = []
    for (let n = 0; n < 8; n++) {
      await engine.turn()
      const { due_at } = await row<{ due_at: number }>('SELECT due_at FROM deliveries')
      waits.push((due_at - engine.now) / MINUTE_MS)
      engine.now = due_at - 1
      await engine.turn()
      expect(engine.tried, 'not a moment earlier').toHaveLength(n + 1)
      engine.now = due_at
    }
    expect(waits).toEqual([2, 10, 30, 60, 120, 240, 480, 480])
    await engine.turn()
    expect(await row('SELECT status, reason, attempt, due_at, server_text FROM deliveries')).toEqual({
      ...{ status: 'soft_bounced', reason: 'retries_exhausted', attempt: 9, due_at: null },
      server_text: '451 4.7.1 try later',
    })
    expect(await rows('SELECT type, count(*) AS n FROM history GROUP BY type ORDER BY type')).toEqual([
      { type: 'retry', n: 8 },
      { type: 'soft_bounced', n: 1 },
    ])
    expect(await rows('SELECT status FROM problems')).toEqual([{ status: 'soft_bounced' }])
  })

  it('waits as long as the server asks', async () => {
    await queue(1)
    const engine = new Engine(() => ({ type: 'retry', text: '450', afterMs: HOUR_MS }))
    await engine.turn()
    expect(await row('SELECT due_at FROM deliveries')).toEqual({ due_at: engine.now + HOUR_MS })
  })

  it('is given up a day after the first attempt, however long the server asks to wait each time', async () => {
    await queue(1)
    const engine = new Engine(() => ({ type: 'retry', text: '450', afterMs: 20 * HOUR_MS }))
    const start = engine.now
    for (const hours of [20, 24]) {
      await engine.turn()
      const { due_at } = await row<{ due_at: number }>('SELECT due_at FROM deliveries')
      expect(due_at - start).toBe(hours * HOUR_MS)
      engine.now = due_at
    }
    await engine.turn()
    expect(await row('SELECT status, reason, attempt FROM deliveries')).toEqual({
      ...{ status: 'soft_bounced', reason: 'retries_exhausted', attempt: 3 },
    })
  })
})

it('a mail that was being sent when its process died is unknown when its lease ends, also during a pause', async () => {
  await queue(2)
  const engine = new Engine()
  await env.DB.prepare("UPDATE deliveries SET status = 'sending', rank = 2, attempt = 1 WHERE id = 'dlv_a_1'").run()
  await env.DB.prepare(
    "INSERT INTO provider_states (connection, paused_until, reason, server_text, updated_at) VALUES ('deployment', ?, 'server_busy', '', 0)",
  )
    .bind(engine.now + 10 * MINUTE_MS)
    .run()
  await engine.turn()
  expect(await rows('SELECT id, status FROM deliveries ORDER BY id')).toEqual([
    { id: 'dlv_a_1', status: 'unknown' },
    { id: 'dlv_a_2', status: 'queued' },
  ])
  expect(await rows('SELECT status FROM problems')).toEqual([{ status: 'unknown' }])
})
