import type { EventOutcome, StripeEvent } from '../../db/stripe'
import type { Deps } from '../deps'

/** How long an event that needs another one waits for it unseen. A receipt's own event may wait five minutes itself. */
const PATIENCE_MS = 15 * 60_000
const STEP_MS = 60_000
/** Time for which Stripe repeats a failed call; a related event may arrive days later. */
const STRIPE_REPEATS_MS = 3 * 24 * 60 * 60_000

/**
 * Returns the outcome of an event that needs another one: it waits at first, then it is listed and retried now and then.
 * @param reason why it is listed: `stripe.reason.<reason>` says it
 */
export function postponeStripeEvent(deps: Deps, { receivedAt }: StripeEvent, reason: string): EventOutcome {
  const now = deps.now()
  const age = now - receivedAt
  if (age < PATIENCE_MS) return { state: 'waiting', reason: 'waits_for_another', dueAt: now + STEP_MS }
  return { state: 'unmapped', reason, ...(age < STRIPE_REPEATS_MS && { dueAt: now + age }) }
}
