/** Bulk sends as a person makes them, and a platform whose clock and queues a test turns by hand. */
import { env } from 'cloudflare:test'
import { expect } from 'vitest'
import type { DeliverMessage, EventMessage } from '../../src/domain/messages'
import type { Env } from '../../src/env'
import worker from '../../src/index'
import { routes } from '../../src/routes'
import type { FormFields, Merchant } from './client'
import { countingD1 } from './counting-d1'
import { HeldQueue } from './held-queue'
import { consume, tick } from './worker'

/** The Worker with queues that wait until they are drained, and rows counted. */
export function heldWorld() {
  const counted = countingD1(env.DB)
  const deliverQueue = new HeldQueue<DeliverMessage>()
  const eventQueue = new HeldQueue<EventMessage>()
  const bindings = {
    ...env,
    DB: counted.d1,
    DELIVER_QUEUE: deliverQueue.binding,
    EXPRESS_QUEUE: deliverQueue.binding,
    EVENT_QUEUE: eventQueue.binding,
  } as unknown as Env
  return {
    counted,
    bindings,
    /** This person's requests go to this Worker. */
    adopt(merchant: Merchant): Merchant {
      merchant.worker = { fetch: (url, init) => worker.fetch(new Request(url, init), bindings) }
      return merchant
    },
    tick: () => tick(bindings),
    /** Everything that waits on the queues, and what comes of it. */
    async drain(): Promise<void> {
      await consume('facteur-deliver', deliverQueue.take(), bindings)
      await consume('facteur-events', eventQueue.take(), bindings)
    },
  }
}

/** Ticks these documents in the list and presses Send. Returns the id of the bulk send. */
export async function select(merchant: Merchant, documentIds: string[], more: FormFields = {}): Promise<string> {
  const ticked = documentIds.map((id): [string, string] => ['document', id])
  return bulkIdOf(await merchant.post(routes.bulkSends, [...ticked, ...Object.entries(more)]))
}

export function bulkIdOf(answer: Response): string {
  expect(answer.status).toBe(303)
  const id = answer.headers.get('location')?.split('/').at(-1) ?? ''
  expect(id).toMatch(/^blk_/)
  return id
}

export const confirm = (merchant: Merchant, bulkId: string, leftOut: FormFields = {}) =>
  merchant.post(routes.bulkSendConfirmation(bulkId), leftOut)
