/**
 * Consumes the queues. A message contains ids or events; a malformed one is logged and acknowledged. Deliveries and
 * Stripe's events are rows, which a later tick finds, so their messages are always acknowledged. A provider's events
 * exist only in their message, which is retried.
 */
import * as v from 'valibot'
import type { Deps } from '../commands/deps'
import { errorEntry } from '../commands/error-entry'
import { deliver } from '../commands/sends/deliver'
import { keepDeadEvents } from '../commands/sends/keep-dead-events'
import { recordEvents } from '../commands/sends/record-events'
import { recordQueueFailure } from '../commands/sends/record-queue-failure'
import { processStripeEvents } from '../commands/stripe/process-stripe-events'
import { EVENT_CLASSES } from '../domain/delivery-event'
import type { StripeMessage } from '../domain/messages'
import type { Env } from '../env'
import { wire } from '../wire'

const Deliver = v.object({ ids: v.pipe(v.array(v.string()), v.maxLength(100)) })

const StripeMessageSchema = v.object({ stripe: v.object({ accountId: v.string(), eventId: v.string() }) })

const Events = v.object({
  connection: v.string(),
  events: v.array(
    v.object({
      key: v.string(),
      class: v.picklist(EVENT_CLASSES),
      deliveryId: v.string(),
      attempt: v.number(),
      at: v.number(),
      text: v.string(),
      reason: v.exactOptional(v.string()),
    }),
  ),
})

/** Handles a batch by the queue's name in wrangler.toml. */
export async function handleBatch(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const wired = wire(env)
  // Not configured yet: the messages wait.
  if ('wrong' in wired) return batch.retryAll({ delaySeconds: 60 })
  const { deps } = wired
  switch (batch.queue) {
    case 'facteur-deliver':
      return deliverBatch(deps, batch)
    case 'facteur-express':
      // Deliveries that an invocation has no time for go back onto the queue that they came from.
      return deliverBatch({ ...deps, deliverQueue: deps.expressQueue }, batch)
    case 'facteur-events':
      return recordBatch(deps, batch)
    case 'facteur-events-dead':
      return keepBatch(deps, batch)
    default:
      // Dead delivery messages: their rows come back when the lease runs out.
      await recordQueueFailure(deps, 'dead_letters', batch.messages.length)
      return batch.ackAll()
  }
}

/**
 * Delivers, and acknowledges the messages even after an error: the sweep finds the rows whose mails were not sent. The queue repeats a
 * message only if the isolate died before that.
 */
async function deliverBatch(deps: Deps, batch: MessageBatch<unknown>): Promise<void> {
  const idsOf = (messages: readonly Message<unknown>[]) =>
    messages.flatMap((message) => parse(deps, Deliver, message)?.ids ?? [])
  const ids = idsOf(batch.messages)
  const repeated = idsOf(batch.messages.filter(({ attempts }) => attempts > 1))
  try {
    await deliver(deps, ids, repeated)
  } catch (error) {
    deps.log({ ...errorEntry(error), event: 'deliver_failed', count: ids.length })
    await recordQueueFailure(deps, 'consumer', batch.messages.length)
  }
  batch.ackAll()
}

/** Records a provider's events, and processes Stripe's. A message whose events could not be recorded is retried. */
async function recordBatch(deps: Deps, batch: MessageBatch<unknown>): Promise<void> {
  const stripe: StripeMessage['stripe'][] = []
  for (const message of batch.messages) {
    const content = parse(deps, v.union([Events, StripeMessageSchema]), message)
    try {
      if (content && 'stripe' in content) stripe.push(content.stripe)
      else if (content) await recordEvents(deps, content)
      message.ack()
    } catch (error) {
      deps.log({ ...errorEntry(error), event: 'record_events_failed', attempts: message.attempts })
      message.retry()
    }
  }
  if (stripe.length > 0) await processStripeEvents(deps, stripe)
}

/** Stores the events of messages that failed too often, so that none is lost. */
async function keepBatch(deps: Deps, batch: MessageBatch<unknown>): Promise<void> {
  for (const message of batch.messages) {
    const events = parse(deps, Events, message)
    if (events) await keepDeadEvents(deps, events)
    message.ack()
  }
  await recordQueueFailure(deps, 'dead_letters', batch.messages.length)
}

/** Parses a message. A malformed one is logged and returns undefined; callers ack it, so it is never retried for ever. */
function parse<T>(deps: Deps, schema: v.GenericSchema<unknown, T>, message: Message<unknown>): T | undefined {
  const parsed = v.safeParse(schema, message.body)
  if (parsed.success) return parsed.output
  deps.log({ event: 'bad_queue_message', id: message.id })
  return undefined
}
