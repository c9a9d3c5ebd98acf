/** Mails that are lost on their way: one that kills the isolate takes no other with it, and nothing else fails for having been lost. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { deliver } from '../../../src/commands/sends/deliver'
import { MOST_ALONE } from '../../../src/domain/lost-delivery'
import { LEASE_MS } from '../../../src/domain/timing'
import { mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { Engine, refusingDb } from '../../support/engine'
import { insertAccount, insertQueuedSends } from '../../support/fixtures'
import { consume } from '../../support/worker'

const FATAL = 'dlv_some_3'

let engine: Engine

beforeEach(async () => {
  await freshStorage()
  await insertAccount('mine')
  engine = new Engine()
})

const queue = (count: number) =>
  insertQueuedSends({
    accountId: 'mine',
    name: 'some',
    count,
    dueAt: engine.now,
    address: 'a<n>@shop.example',
    attachPdf: false,
  })

/** A bucket in which storing the mail of one delivery ends the process, as running out of memory would. */
function fatalBucket(process: Process, fatal: string): R2Bucket {
  return new Proxy(env.BUCKET, {
    get(bucket, name) {
      if (name === 'put')
        return (key: string, ...rest: [string]) =>
          key.endsWith(`/${fatal}.eml.gz`) ? process.kill() : bucket.put(key, ...rest)
      const value: unknown = Reflect.get(bucket, name)
      return typeof value === 'function' ? value.bind(bucket) : value
    },
  })
}

/** Hands all that waits on the queue to one isolate. */
async function consumeMortally(fatal = FATAL, repeated = false): Promise<'done' | 'died'> {
  const ids = engine.deliverQueue.held.flatMap((message) => message.ids)
  const process = new Process(Number.POSITIVE_INFINITY, 'before')
  const deps = { ...engine.deps, bucket: fatalBucket(process, fatal) }
  const mortal = mortalDeps(deps, env.DB, process, deps.mailer)
  const fate = await process.run(deliver(mortal, ids, repeated ? ids : []))
  if (fate === 'done') engine.deliverQueue.take()
  return fate
}

/** Ticks and consumes until the next leases have run out, `rounds` times. A dead isolate's messages are lost. Returns how many died. */
async function live(rounds: number, fatal = FATAL): Promise<number> {
  let died = 0
  for (let round = 0; round < rounds; round++) {
    await engine.tick()
    if ((await consumeMortally(fatal)) === 'died') died += 1
    engine.deliverQueue.take()
    engine.now += LEASE_MS + 60_000
  }
  await engine.tick()
  return died
}

const states = async () => {
  const found = await rows<{ status: string; n: number }>(
    'SELECT status, count(*) AS n FROM deliveries GROUP BY status ORDER BY status',
  )
  return Object.fromEntries(found.map(({ status, n }) => [status, n]))
}
const fatalOne = () => row('SELECT status, reason, due_at FROM deliveries WHERE id = ?', FATAL)

describe('a mail that kills the isolate that prepares it', () => {
  it.each([6, 40])('fails after it was tried alone, and the others of its batch of %i leave once', async (count) => {
    await queue(count)
    const died = await live(1)
    const { unknown: onTheWire = 0 } = await states()
    expect(died + (await live(5))).toBe(3)
    expect(await fatalOne()).toEqual({ status: 'failed', reason: 'mail_not_prepared', due_at: null })
    expect(await rows("SELECT delivery_id FROM problems WHERE status = 'failed'")).toEqual([{ delivery_id: FATAL }])
    const { sent = 0, unknown = 0, failed } = await states()
    expect([sent + unknown, failed]).toEqual([count - 1, 1])
    expect(engine.tried.sort()).toEqual([...new Set(engine.tried)])
    expect(engine.tried).not.toContain('a3@shop.example')
    // Alone, it takes no other with it. Of mails that were on the wire when an isolate died, nobody knows whether they left.
    if (count <= MOST_ALONE) expect(unknown).toBe(onTheWire)
  })

  it('lets the others leave at once where the queue repeats its message', async () => {
    await queue(6)
    await engine.tick()
    expect(await consumeMortally()).toBe('died')
    expect(await consumeMortally(FATAL, true)).toBe('died')
    expect(await consumeMortally(FATAL, true)).toBe('died')
    expect(await consumeMortally(FATAL, true)).toBe('done')
    expect(await rows("SELECT id FROM deliveries WHERE status = 'dispatched'")).toEqual([{ id: FATAL }])
    engine.now += LEASE_MS + 60_000
    await engine.tick()
    expect(await fatalOne()).toMatchObject({ status: 'failed', reason: 'mail_not_prepared' })
  })

  it('fails too when its connection was paused meanwhile', async () => {
    await queue(3)
    expect(await live(3)).toBe(3)
    await env.DB.prepare("UPDATE deliveries SET status = 'queued', rank = 0, times_begun = 2, due_at = 1 WHERE id = ?")
      .bind(FATAL)
      .run()
    await engine.tick()
    expect(await fatalOne()).toMatchObject({ status: 'failed', reason: 'mail_not_prepared' })
  })
})

describe('a healthy mail', () => {
  const expectSent = async (count: number) => {
    expect(await states()).toEqual({ sent: count })
    expect(engine.tried).toHaveLength(count)
    expect(await rows('SELECT id FROM deliveries WHERE times_begun IS NOT NULL')).toEqual([])
    expect(await rows('SELECT * FROM problems')).toEqual([])
  }

  it.each([3, 30])('leaves however often its message is lost, also with %i others', async (count) => {
    await queue(count)
    for (let round = 0; round < 5; round++) {
      await engine.tick()
      engine.deliverQueue.take()
      engine.now += LEASE_MS + 60_000
    }
    await engine.turn()
    await expectSent(count)
  })

  it('leaves after it was alone in an isolate that died for another reason', async () => {
    await queue(1)
    await engine.tick()
    engine.deliverQueue.take()
    engine.now += LEASE_MS + 60_000
    expect(await live(1, 'dlv_some_1')).toBe(1)
    await engine.consume()
    await expectSent(1)
  })

  it('is not failed by storage that refuses, however often', async () => {
    await queue(2)
    const put = () => Promise.reject(new Error('internal error; please try again'))
    const bucket = new Proxy(env.BUCKET, { get: (target, name) => (name === 'put' ? put : Reflect.get(target, name)) })
    for (let round = 0; round < 5; round++) {
      await engine.tick()
      for (const { ids } of engine.deliverQueue.take()) await deliver({ ...engine.deps, bucket }, ids, ids)
      engine.now += LEASE_MS + 60_000
    }
    await engine.turn()
    await expectSent(2)
  })

  it('is not failed by a database that refuses claims, however often', async () => {
    await queue(1)
    const db = refusingDb((sql) => (sql.includes("SET status = 'sending'") ? 'refused' : undefined))
    for (let round = 0; round < 5; round++) {
      await engine.tick()
      for (const { ids } of engine.deliverQueue.take()) await deliver({ ...engine.deps, db }, ids, ids)
      engine.now += LEASE_MS + 60_000
    }
    await engine.turn()
    await expectSent(1)
  })

  it('leaves once when its message comes to two isolates after it was lost', async () => {
    const ids = await queue(3)
    await engine.tick()
    engine.now += LEASE_MS + 60_000
    await engine.tick()
    await Promise.all([deliver(engine.deps, ids), deliver(engine.deps, ids, ids)])
    await expectSent(3)
  })

  it('leaves through the Worker’s own consumer when its message is repeated', async () => {
    const [id] = await insertQueuedSends({ accountId: 'mine', name: 'one', count: 1, dueAt: 1 })
    await engine.tick()
    await consume('facteur-deliver', [{ ids: [id] }], undefined, 2)
    expect(await row('SELECT sent_at IS NOT NULL AS sent, times_begun FROM deliveries')).toEqual({
      sent: 1,
      times_begun: null,
    })
  })
})
