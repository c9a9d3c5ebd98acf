/** The Worker's own handlers, called as the platform calls them. */
import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  env,
  getQueueResult,
} from 'cloudflare:test'
import type { DeliveryEvent } from '../../src/domain/delivery-event'
import worker from '../../src/index'

/** One tick of the cron trigger. */
export async function tick(): Promise<void> {
  await worker.scheduled(createScheduledController({ scheduledTime: new Date(), cron: '* * * * *' }), env)
}

/** Hands messages to the consumer of a queue; returns which were acked. */
export async function consume(queue: string, bodies: unknown[]) {
  const messages = bodies.map((body, index) => ({ id: `message-${index}`, timestamp: new Date(), attempts: 1, body }))
  const batch = createMessageBatch(queue, messages)
  const context = createExecutionContext()
  await worker.queue(batch, env)
  return getQueueResult(batch, context)
}

export const deliverIds = (ids: string[]) => consume('facteur-deliver', [{ ids }])

export const reportEvents = (connection: string, events: DeliveryEvent[]) =>
  consume('facteur-events', [{ connection, events }])
