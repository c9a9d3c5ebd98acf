import { listDueStripeEvents } from '../../db/stripe'
import type { Deps } from '../deps'
import { processStripeEvents } from './process-stripe-events'

/**
 * Most events that a tick reads. Those that it can't process itself go onto the queue, so that a month's renewals
 * don't wait for hours.
 */
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
