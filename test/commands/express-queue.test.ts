import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DeliverMessage } from '../../src/domain/messages'
import type { Env } from '../../src/env'
import { freshStorage, rows } from '../support/database'
import { insertAccount, insertQueuedSends, type QueuedSends } from '../support/fixtures'
import { HeldQueue } from '../support/held-queue'
import { consume, tick } from '../support/worker'

/** Both queues of deliveries, with the messages that reached them, in order. */
function heldQueues(variables: Record<string, string> = {}) {
  const express = new HeldQueue<DeliverMessage>()
  const others = new HeldQueue<DeliverMessage>()
  const bindings = { ...env, ...variables, EXPRESS_QUEUE: express.binding, DELIVER_QUEUE: others.binding }
  return { express, others, bindings: bindings as unknown as Env }
}

const idsIn = (queue: HeldQueue<DeliverMessage>) => queue.take().flatMap(({ ids }) => ids)
const countIn = (ids: string[], name: string) => ids.filter((id) => id.startsWith(`dlv_${name}_`)).length
const due = (sends: Omit<QueuedSends, 'dueAt'>) => insertQueuedSends({ dueAt: Date.now() - 1, ...sends })

beforeEach(async () => {
  await freshStorage()
  await insertAccount('busy')
  await insertAccount('mine')
})

describe('the express queue', () => {
  it('carries mails sent by hand and a few automatic ones, never bulk', async () => {
    const queues = heldQueues()
    await due({ accountId: 'busy', name: 'bulk', count: 300, origin: 'bulk' })
    await due({ accountId: 'mine', name: 'receipt', count: 2, origin: 'automatic' })
    await due({ accountId: 'mine', name: 'hand', count: 2 })
    await due({ accountId: 'mine', name: 'program', count: 2, origin: 'api' })
    await tick(queues.bindings)
    const express = idsIn(queues.express)
    expect(express).toHaveLength(6)
    expect(countIn(express, 'bulk')).toBe(0)
    expect(countIn(idsIn(queues.others), 'bulk')).toBe(300)
  })

  it('is not filled by one account: mails beyond its share use the other queue', async () => {
    const queues = heldQueues()
    await due({ accountId: 'busy', name: 'program', count: 500, origin: 'api' })
    await due({ accountId: 'busy', name: 'renewal', count: 500, origin: 'automatic' })
    await due({ accountId: 'mine', name: 'hand', count: 1 })
    await tick(queues.bindings)
    const express = idsIn(queues.express)
    expect(countIn(express, 'program')).toBe(200)
    expect(countIn(express, 'renewal')).toBe(20)
    expect(express.slice(0, 2)).toContain('dlv_hand_1')
    const dispatched = await rows("SELECT id FROM deliveries WHERE status = 'dispatched'")
    expect(dispatched).toHaveLength(express.length + idsIn(queues.others).length)
    expect(dispatched).toHaveLength(1_001)
  })

  it('is filled before the bulk of another connection is put onto its queue', async () => {
    const order: string[] = []
    const noting = (name: string) => ({ sendBatch: async () => void order.push(name) })
    const bindings = { ...env, EXPRESS_QUEUE: noting('express'), DELIVER_QUEUE: noting('bulk') } as unknown as Env
    await due({ accountId: 'busy', name: 'bulk', count: 30, origin: 'bulk', address: 'a<n>@shop.example' })
    await due({ accountId: 'mine', name: 'hand', count: 1, address: 'delivered@simulator.test' })
    await tick(bindings)
    expect(order).toEqual(['express', 'bulk'])
  })

  it('gets back the mails that one invocation leaves for the next', async () => {
    const queues = heldQueues({ DELIVERIES_PER_INVOCATION: '2' })
    await due({ accountId: 'mine', name: 'hand', count: 5 })
    await tick(queues.bindings)
    await consume('facteur-express', queues.express.take(), queues.bindings)
    expect(await rows("SELECT id FROM deliveries WHERE status = 'sent'")).toHaveLength(2)
    expect(idsIn(queues.express)).toHaveLength(3)
    expect(queues.others.held).toEqual([])
  })
})
