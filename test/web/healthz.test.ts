import { createExecutionContext, env } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/app'
import type { Env } from '../../src/env'
import { deleteStorage, freshStorage, row } from '../support/database'
import { insertAccount, insertQueuedSends, type QueuedSends } from '../support/fixtures'
import { consume, tick } from '../support/worker'

const MINUTE_MS = 60_000
const START = Math.floor(Date.now() / 1000) * 1000
const iso = (at: number) => new Date(at).toISOString()

/** The clock of the Worker. */
let now = START
const later = (minutes: number) => {
  now += minutes * MINUTE_MS
}

const queueThat = (sendBatch: () => Promise<void>): Env =>
  ({ ...env, DELIVER_QUEUE: { sendBatch }, EXPRESS_QUEUE: { sendBatch } }) as unknown as Env
const DROPPING = queueThat(async () => {})
const REFUSING = queueThat(async () => {
  throw new Error('Queue sendBatch failed')
})

async function health(bindings?: Env): Promise<{ code: number; body: Record<string, unknown> }> {
  const request = new Request('http://facteur.test/healthz')
  const response = await (bindings
    ? app.fetch(request, bindings, createExecutionContext())
    : exports.default.fetch(request))
  return { code: response.status, body: await response.json() }
}

const due = (sends: Partial<QueuedSends> = {}) =>
  insertQueuedSends({ accountId: 'mine', name: 'one', count: 1, dueAt: now, address: 'anna@shop.example', ...sends })

const deployedAt = (at: number) =>
  env.DB.prepare("UPDATE d1_migrations SET applied_at = datetime(?, 'unixepoch')")
    .bind(at / 1000)
    .run()

/** A database that lacks the table of statements with `part`. */
const refusing = (part: string): D1Database =>
  new Proxy(env.DB, {
    get(db, name) {
      if (name === 'prepare')
        return (sql: string) => {
          if (sql.includes(part)) throw new Error('no such table')
          return db.prepare(sql)
        }
      const value = Reflect.get(db, name, db)
      return typeof value === 'function' ? value.bind(db) : value
    },
  })

const pause = (minutes: number, reason: string) =>
  env.DB.prepare(
    'INSERT OR REPLACE INTO provider_states (connection, paused_until, reason, server_text, updated_at) VALUES (?, ?, ?, ?, ?)',
  )
    .bind('deployment', now + minutes * MINUTE_MS, reason, '535', now)
    .run()

/** Runs the cron, once a minute. */
async function live(minutes: number, bindings: Env): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    later(1)
    await tick(bindings).catch(() => undefined)
  }
}

beforeEach(async () => {
  now = START
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  await freshStorage()
  await env.BUCKET.delete('health/tick')
  await insertAccount('mine')
  await deployedAt(now - 24 * 60 * MINUTE_MS)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('/healthz', () => {
  it('reports each part as ok', async () => {
    await tick()
    expect(await health()).toEqual({
      code: 200,
      body: {
        status: 'ok',
        database: 'ok',
        storage: 'ok',
        tick: 'ok',
        consumer: 'ok',
        deliveries: 'ok',
        provider: 'ok',
        dead_letters: 0,
      },
    })
  })

  it('names a database that does not respond, and a bucket', async () => {
    await tick()
    const BUCKET = { head: () => Promise.reject(new Error('down')) }
    expect(await health({ ...env, BUCKET } as unknown as Env)).toMatchObject({
      code: 503,
      body: { status: 'failing', database: 'ok', storage: 'unreachable' },
    })
    await deleteStorage()
    expect(await health()).toMatchObject({ code: 503, body: { status: 'failing', database: 'unreachable' } })
    await freshStorage()
  })

  it('waits in the first minutes of a deployment for its first tick, and then reports a cron that never ran', async () => {
    await deployedAt(now)
    later(4)
    expect(await health()).toMatchObject({ code: 200, body: { status: 'ok', tick: 'not yet' } })
    later(2)
    expect(await health()).toMatchObject({ code: 503, body: { status: 'failing', tick: 'never' } })
    const unknown = { ...env, DB: refusing('d1_migrations') } as unknown as Env
    expect(await health(unknown)).toMatchObject({ code: 503, body: { database: 'ok', tick: 'never' } })
  })

  it('does not report a past that is being written, such as the demo’s, as mails that wait', async () => {
    await deployedAt(now)
    await due({ dueAt: now - 100 * 24 * 60 * MINUTE_MS })
    later(2)
    expect(await health()).toMatchObject({ code: 200, body: { deliveries: 'ok' } })
    later(2)
    expect(await health()).toMatchObject({
      code: 503,
      body: { deliveries: `waiting since ${iso(now - 4 * MINUTE_MS)}` },
    })
  })

  it('reports a cron that stopped', async () => {
    await tick()
    const last = now
    await due()
    later(2)
    expect(await health()).toMatchObject({ code: 200 })
    later(2)
    expect(await health()).toMatchObject({
      code: 503,
      body: { tick: `late since ${iso(last)}`, deliveries: `waiting since ${iso(last)}` },
    })
  })

  it('reports with the first tick a queue that refuses', async () => {
    await due()
    await expect(tick(REFUSING)).rejects.toThrow('failed: dispatch')
    expect(await health()).toMatchObject({ code: 503, body: { tick: 'failed: dispatch' } })
  })

  it('reports lost messages within five minutes, and for as long as they are lost', async () => {
    await due()
    await tick(DROPPING)
    await live(1, DROPPING)
    expect(await health()).toMatchObject({ code: 200 })
    await live(3, DROPPING)
    const waiting = { code: 503, body: { tick: 'ok', deliveries: `waiting since ${iso(START)}` } }
    for (let minute = 4; minute < 20; minute++) {
      expect(await health(), `minute ${minute}`).toMatchObject(waiting)
      await live(1, DROPPING)
    }
  })

  it('reports a consumer that fails on every batch, also on bulk', async () => {
    const [id] = await due({ origin: 'bulk' })
    await tick(DROPPING)
    const broken = { ...env, DELIVERIES_PER_INVOCATION: '400' }
    await consume('facteur-deliver', [{ ids: [id] }], { ...broken, DB: refusing('JOIN sends') } as unknown as Env)
    expect(await health()).toMatchObject({ code: 503, body: { consumer: `failed at ${iso(now)}` } })
    await live(6, DROPPING)
    expect(await health()).toMatchObject({ code: 200, body: { consumer: 'ok' } })
  })

  it('gives bulk more time than a mail sent by hand', async () => {
    await due({ origin: 'bulk' })
    await tick(DROPPING)
    await live(8, DROPPING)
    expect(await health()).toMatchObject({ code: 200 })
    await live(3, DROPPING)
    expect(await health()).toMatchObject({ code: 503, body: { deliveries: `waiting since ${iso(START)}` } })
  })

  it('reports at once a provider that refuses the sign-in, and a paused one once mails have waited for it', async () => {
    await due()
    await pause(10, 'credentials_refused')
    await tick()
    expect(await health()).toMatchObject({ code: 503, body: { provider: 'paused: credentials_refused' } })
    await pause(10, 'connection_refused')
    expect(await health()).toMatchObject({ code: 200, body: { provider: 'paused: connection_refused' } })
    await live(4, env as unknown as Env)
    // A mail that the pause postpones is still late.
    expect(await health()).toMatchObject({ code: 503, body: { deliveries: `waiting since ${iso(START)}` } })
  })

  it('is no alarm while a recipient’s server refuses for now', async () => {
    const [id] = await due()
    await tick(DROPPING)
    await env.DB.exec(`UPDATE deliveries SET status = 'sending', rank = 2, attempt = 1`)
    await env.DB.prepare("UPDATE deliveries SET status = 'queued', rank = 0, due_at = ?")
      .bind(now + 30 * MINUTE_MS)
      .run()
    await live(20, DROPPING)
    expect(await health()).toMatchObject({ code: 200, body: { deliveries: 'ok' } })
    expect(await row('SELECT overdue_since FROM deliveries WHERE id = ?', id ?? '')).toEqual({ overdue_since: null })
  })

  it('keeps the first due time of mails that wait again without an attempt, until a server has responded for the recipient', async () => {
    await due()
    await tick(DROPPING)
    const since = () => row<{ overdue_since: number | null }>('SELECT overdue_since FROM deliveries')
    later(1)
    await env.DB.exec(`UPDATE deliveries SET status = 'sending', rank = 2, attempt = 1`)
    await env.DB.exec(`UPDATE deliveries SET status = 'queued', rank = 0, attempt = 0, due_at = ${now}`)
    expect(await since()).toEqual({ overdue_since: START })
    later(1)
    await tick(DROPPING)
    expect(await since()).toEqual({ overdue_since: START })
    await env.DB.exec(`UPDATE deliveries SET status = 'sending', rank = 2, attempt = 1`)
    await env.DB.exec(`UPDATE deliveries SET status = 'queued', rank = 0, due_at = ${now + MINUTE_MS}`)
    expect(await since()).toEqual({ overdue_since: null })
  })

  it('counts dead letters of the last hour', async () => {
    await consume('facteur-deliver-dead', [{ ids: ['dlv_1'] }, { ids: ['dlv_2'] }])
    await tick()
    expect(await health()).toMatchObject({ code: 503, body: { dead_letters: 2 } })
    later(61)
    await tick()
    expect(await health()).toMatchObject({ code: 200, body: { dead_letters: 0 } })
  })
})
