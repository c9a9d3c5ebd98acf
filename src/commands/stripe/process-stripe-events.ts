import type { StripeMessage } from '../../domain/messages'
import { MESSAGES_PER_BATCH } from '../../domain/timing'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { chunksOf } from '../sends/enqueue'
import { processStripeEvent } from './process-stripe-event'

/**
 * Processes as many recorded events as one invocation has queries for, and puts the rest back onto the queue. A lost
 * message loses no event: the row says that it is due.
 */
export async function processStripeEvents(deps: Deps, events: StripeMessage['stripe'][]): Promise<void> {
  const most = eventsPerInvocation(deps)
  await putBack(deps, events.slice(most))
  for (const { accountId, eventId } of events.slice(0, most)) {
    try {
      await processStripeEvent(deps, accountId, eventId)
    } catch (error) {
      // The event is due again when its lease runs out. The other events are still processed.
      deps.log(errorEntry(error))
    }
  }
}

/**
 * Returns the events that one invocation may process. Each takes about twenty queries; an invocation may do 1,000 on
 * the paid plan and 50 on the free one.
 */
const eventsPerInvocation = ({ config }: Deps): number => Math.max(1, Math.floor(config.DELIVERIES_PER_INVOCATION / 16))

async function putBack(deps: Deps, events: StripeMessage['stripe'][]): Promise<void> {
  try {
    for (const batch of chunksOf(events, MESSAGES_PER_BATCH))
      await deps.eventQueue.sendBatch(batch.map((stripe) => ({ body: { stripe } })))
  } catch (error) {
    deps.log({ event: 'stripe_not_queued', error: String(error) })
  }
}
