import type { EventOutcome, StripeEvent } from '../../db/stripe'
import type { Deps } from '../deps'

/**
 * Time for which an event waits for another one before it is listed: longer than the five minutes that a payment's
 * event may wait.
 */
const PATIENCE_MS = 15 * 60_000
const STEP_MS = 60_000
/** Time for which Stripe repeats a failed call; a related event may arrive days later. */
const STRIPE_REPEATS_MS = 3 * 24 * 60 * 60_000

/**
 * Returns the outcome of an event that needs another one. At first it waits; later it is listed, and retried at
 * growing intervals for as long as Stripe repeats calls.
 * @param reason why it is listed; its text is `stripe.reason.<reason>`
 */
export function postponeStripeEvent(deps: Deps, { receivedAt }: StripeEvent, reason: string): EventOutcome {
  const now = deps.now()
  const age = now - receivedAt
  if (age < PATIENCE_MS) return { state: 'waiting', reason: 'waits_for_another', dueAt: now + STEP_MS }
  return { state: 'unmapped', reason, ...(age < STRIPE_REPEATS_MS && { dueAt: now + age }) }
}
