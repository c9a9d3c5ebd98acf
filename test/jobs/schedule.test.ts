import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Env } from '../../src/env'
import { freshStorage, rows } from '../support/database'
import { insertAccount, insertQueuedSends } from '../support/fixtures'
import { tick } from '../support/worker'

/** A database in which one table can't be read. */
const withoutTable = (table: string): Env =>
  ({
    ...env,
    DB: new Proxy(env.DB, {
      get(db, name) {
        if (name === 'prepare')
          return (sql: string) => {
            if (sql.includes(table)) throw new Error(`no such table: ${table}`)
            return db.prepare(sql)
          }
        const value = Reflect.get(db, name, db)
        return typeof value === 'function' ? value.bind(db) : value
      },
    }),
  }) as unknown as Env

beforeEach(async () => {
  await freshStorage()
  await insertAccount('mine')
  await insertQueuedSends({ accountId: 'mine', name: 'one', count: 1, dueAt: 1 })
  await env.DB.exec(
    "INSERT INTO stripe_events VALUES ('mine', 'evt_1', 'payout.paid', 'po_1', 0, 1, 1, 'waiting', NULL, NULL, 1, 0, '{}', NULL)",
  )
})

describe('a tick whose step fails continues with the others, and counts as failed', () => {
  it('when deliveries can’t be read, Stripe’s events are processed', async () => {
    await expect(tick(withoutTable('deliveries'))).rejects.toThrow('failed: dispatch')
    expect(await rows("SELECT id FROM stripe_events WHERE state = 'waiting'")).toEqual([])
  })

  it('when Stripe’s events can’t be read, deliveries leave', async () => {
    await expect(tick(withoutTable('stripe_events'))).rejects.toThrow('failed: stripe')
    expect(await rows("SELECT id FROM deliveries WHERE status = 'queued'")).toEqual([])
  })
})
