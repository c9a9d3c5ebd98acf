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
import type { EventMessage, StripeMessage } from '../domain/messages'
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
      providerMessageId: v.exactOptional(v.string()),
      recipient: v.exactOptional(v.string()),
      type: v.exactOptional(v.string()),
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

/**
 * Records providers' events, and processes Stripe's. Messages of one connection are recorded together, one by one after an error; a
 * message whose events could not be recorded is retried.
 */
async function recordBatch(deps: Deps, batch: MessageBatch<unknown>): Promise<void> {
  const stripe: StripeMessage['stripe'][] = []
  const reports: Report[] = []
  for (const message of batch.messages) {
    const content = parse(deps, v.union([Events, StripeMessageSchema]), message)
    if (content && 'stripe' in content) stripe.push(content.stripe)
    else if (content) reports.push({ message, ...content })
    if (!content || 'stripe' in content) message.ack()
  }
  for (const ofConnection of Map.groupBy(reports, ({ connection }) => connection).values())
    for (const group of groupsOf(ofConnection)) await recordGroup(deps, group)
  if (stripe.length > 0) await processStripeEvents(deps, stripe)
}

interface Report extends EventMessage {
  message: Message<unknown>
}

/** Most events that are recorded at once, beyond those of a single message. */
const MAX_EVENTS_AT_ONCE = 500

function groupsOf(reports: Report[]): Report[][] {
  const groups: Report[][] = []
  let events = 0
  for (const report of reports) {
    const last = groups.at(-1)
    if (last && events + report.events.length <= MAX_EVENTS_AT_ONCE) last.push(report)
    else {
      groups.push([report])
      events = 0
    }
    events += report.events.length
  }
  return groups
}

async function recordGroup(deps: Deps, group: Report[]): Promise<void> {
  const connection = group[0]?.connection ?? ''
  try {
    await recordEvents(deps, { connection, events: group.flatMap(({ events }) => events) })
    for (const { message } of group) message.ack()
  } catch (error) {
    deps.log({ ...errorEntry(error), event: 'record_events_failed', messages: group.length })
    if (group.length === 1) group[0]?.message.retry()
    else for (const report of group) await recordGroup(deps, [report])
  }
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
