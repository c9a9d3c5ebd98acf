/** Makes bulk sends as a person does, on a platform whose clock and queues a test controls. */
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

/**
 * Runs the Worker with queues that wait until they are drained, and counts rows.
 * @param variables variables and secrets of the deployment, in place of the tests'
 */
export function heldWorld(variables: Record<string, string> = {}) {
  const counted = countingD1(env.DB)
  const deliverQueue = new HeldQueue<DeliverMessage>()
  const eventQueue = new HeldQueue<EventMessage>()
  const bindings = {
    ...env,
    ...variables,
    DB: counted.d1,
    DELIVER_QUEUE: deliverQueue.binding,
    EXPRESS_QUEUE: deliverQueue.binding,
    EVENT_QUEUE: eventQueue.binding,
  } as unknown as Env
  return {
    counted,
    bindings,
    /** Directs this person's requests to this Worker. */
    adopt(merchant: Merchant): Merchant {
      merchant.worker = { fetch: (url, init) => worker.fetch(new Request(url, init), bindings) }
      return merchant
    },
    tick: () => tick(bindings),
    /** Handles all messages on the queues, and those that they cause. */
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
