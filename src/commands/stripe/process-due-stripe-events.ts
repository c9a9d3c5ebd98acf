import { listDueStripeEvents } from '../../db/stripe'
import type { Deps } from '../deps'
import { processStripeEvents } from './process-stripe-events'

/** Put onto the queue where they are more than the tick itself takes: the receipts of the first of a month must not wait for hours. */
const EVENTS_PER_TICK = 500

/** Processes due events: lost by the queue, waiting for another event, or left by a stopped isolate. Returns their number. */
export async function processDueStripeEvents(deps: Deps): Promise<number> {
  const due = await listDueStripeEvents(deps.db, deps.now(), EVENTS_PER_TICK)
  await processStripeEvents(
    deps,
    due.map(({ accountId, id }) => ({ accountId, eventId: id })),
  )
  return due.length
}
