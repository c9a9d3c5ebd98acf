import { listDueStripeEvents } from '../../db/stripe'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { takeStripeEvent } from './take-stripe-event'

const EVENTS_PER_TICK = 20

/** What the queue lost, what waited for another event, and what whoever died left behind. Returns how many were looked at. */
export async function takeDueStripeEvents(deps: Deps): Promise<number> {
  const due = await listDueStripeEvents(deps.db, deps.now(), EVENTS_PER_TICK)
  for (const { accountId, id } of due) {
    try {
      await takeStripeEvent(deps, accountId, id)
    } catch (error) {
      // Its lease brings it back; the others go on.
      deps.log(errorEntry(error))
    }
  }
  return due.length
}
