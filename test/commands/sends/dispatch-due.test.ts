import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { LEASE_MS } from '../../../src/domain/timing'
import { insertConnection } from '../../support/connections'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { Engine } from '../../support/engine'
import { insertAccount, insertQueuedSends } from '../../support/fixtures'
import { tick } from '../../support/worker'

const dispatched = (name: string) =>
  row<{ n: number }>(
    "SELECT count(*) AS n FROM deliveries WHERE status <> 'queued' AND id LIKE ?",
    `dlv_${name}%`,
  ).then((r) => r.n)

beforeEach(freshStorage)

describe('a tick', () => {
  it('dispatches a send by hand first while tens of thousands of others wait', async () => {
    await insertAccount('busy')
    await insertAccount('mine')
    const dueAt = Date.now() - 60_000
    await insertQueuedSends({
      accountId: 'busy',
      name: 'busy',
      count: 10_000,
      origin: 'automatic',
      dueAt,
      address: 'a<n>@shop.example',
    })
    await insertQueuedSends({
      accountId: 'mine',
      name: 'bulk',
      count: 10_000,
      origin: 'bulk',
      dueAt,
      address: 'b<n>@shop.example',
    })
    await insertQueuedSends({
      accountId: 'mine',
      name: 'hand',
      count: 1,
      origin: 'manual',
      dueAt: Date.now() - 1,
      address: 'c@shop.example',
    })
    await tick()
    expect(await dispatched('hand')).toBe(1)
    expect(await dispatched('busy')).toBe(1_999)
    expect(await dispatched('bulk')).toBe(0)
  })

  it('shares its capacity between accounts, and gives what small ones don’t use to the large', async () => {
    await insertAccount('large')
    await insertAccount('small')
    const dueAt = Date.now() - 1
    await insertQueuedSends({ accountId: 'large', name: 'large', count: 5_000, dueAt, address: 'a<n>@shop.example' })
    await insertQueuedSends({ accountId: 'small', name: 'small', count: 10, dueAt, address: 'b<n>@shop.example' })
    await tick()
    expect(await dispatched('small')).toBe(10)
    expect(await dispatched('large')).toBe(1_990)
  })

  it('dispatches no more over a connection than its provider takes until the next tick', async () => {
    await insertAccount('mine')
    await insertConnection('mine', 'con_resend')
    const dueAt = Date.now() - 1
    const queue = (name: string) =>
      insertQueuedSends({ accountId: 'mine', name, count: 200, dueAt, address: `${name}<n>@shop.example` })
    await queue('own')
    await env.DB.exec("UPDATE deliveries SET connection = 'con_resend'")
    await queue('other')
    const engine = new Engine()
    await engine.tick()
    expect(await dispatched('own')).toBe(120)
    expect(await dispatched('other')).toBe(200)
    await engine.tick()
    expect(await dispatched('own')).toBe(200)
  })

  it('dispatches by the rate that the deployment states', async () => {
    await insertAccount('mine')
    const dueAt = Date.now() - 1
    await insertQueuedSends({ accountId: 'mine', name: 'all', count: 200, dueAt, address: 'a<n>@shop.example' })
    const { config } = testDeps()
    const provider = { kind: 'resend', apiKey: 'key' } as const
    const engine = new Engine(undefined, { config: { ...config, provider, PROVIDER_RATES: { resend: 2.5 } } })
    await engine.tick()
    expect(await dispatched('all')).toBe(150)
  })

  it('leaves alone what is not due yet', async () => {
    await insertAccount('mine')
    await insertQueuedSends({ accountId: 'mine', name: 'later', count: 3, dueAt: Date.now() + 60_000 })
    await tick()
    expect(await dispatched('later')).toBe(0)
  })

  it('takes back a delivery that was dispatched but never claimed, once its lease has ended', async () => {
    await insertAccount('mine')
    await insertQueuedSends({
      accountId: 'mine',
      name: 'lost',
      count: 2,
      dueAt: Date.now() - 1,
      address: 'a<n>@shop.example',
    })
    await env.DB.exec(`UPDATE deliveries SET status = 'dispatched', rank = 1 WHERE id = 'dlv_lost_1'`)
    await tick()
    const [first] = await rows<{ status: string; due_at: number }>(
      "SELECT status, due_at FROM deliveries WHERE id = 'dlv_lost_1'",
    )
    expect(first?.status).toBe('dispatched')
    expect(first?.due_at).toBeGreaterThan(Date.now() + LEASE_MS - 10_000)
  })

  it('marks a mail unknown that was being sent when the process died, and says so in History', async () => {
    await insertAccount('mine')
    await insertQueuedSends({
      accountId: 'mine',
      name: 'torn',
      count: 1,
      dueAt: Date.now() - 1,
      address: 'a@shop.example',
    })
    await env.DB.exec(`UPDATE deliveries SET status = 'sending', rank = 2, attempt = 1 WHERE id = 'dlv_torn_1'`)
    await tick()
    await tick()
    expect(await row('SELECT status, due_at FROM deliveries')).toEqual({ status: 'unknown', due_at: null })
    expect(await rows('SELECT type FROM history')).toEqual([{ type: 'unknown' }])
    expect(await row('SELECT mail_state FROM documents')).toEqual({ mail_state: 'unknown' })
  })

  it('holds back the mails of a paused provider until it may work again', async () => {
    await insertAccount('mine')
    await insertQueuedSends({
      accountId: 'mine',
      name: 'held',
      count: 3,
      dueAt: Date.now() - 1,
      address: 'a<n>@shop.example',
    })
    const until = Date.now() + 600_000
    await env.DB.prepare(
      "INSERT INTO provider_states (connection, paused_until, reason, server_text, updated_at) VALUES ('deployment', ?, 'auth', '535', 0)",
    )
      .bind(until)
      .run()
    await tick()
    expect(await rows('SELECT DISTINCT status, due_at FROM deliveries')).toEqual([{ status: 'queued', due_at: until }])
  })
})
