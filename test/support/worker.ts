/** Calls the Worker's handlers as the platform does. */
import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  env,
  getQueueResult,
} from 'cloudflare:test'
import type { DeliveryEvent } from '../../src/domain/delivery-event'
import type { Env } from '../../src/env'
import worker from '../../src/index'

const testEnv = env as unknown as Env

/** Runs one tick of the cron trigger. */
export async function tick(bindings: Env = testEnv, scheduledTime = new Date()): Promise<void> {
  await worker.scheduled(createScheduledController({ scheduledTime, cron: '* * * * *' }), bindings)
}

/** Hands messages to the consumer of a queue; returns which were acked. */
export async function consume(queue: string, bodies: unknown[], bindings: Env = testEnv, attempts = 1) {
  const messages = bodies.map((body, index) => ({ id: `message-${index}`, timestamp: new Date(), attempts, body }))
  const batch = createMessageBatch(queue, messages)
  const context = createExecutionContext()
  await worker.queue(batch, bindings)
  return getQueueResult(batch, context)
}

export const deliverIds = (ids: string[]) => consume('facteur-deliver', [{ ids }])

export const reportEvents = (connection: string, events: DeliveryEvent[]) =>
  consume('facteur-events', [{ connection, events }])
