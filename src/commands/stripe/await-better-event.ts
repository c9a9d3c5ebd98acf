import { type EventOutcome, hasUnseenStripeEvent, type StripeEvent } from '../../db/stripe'
import type { Deps } from '../deps'

const STEP_MS = 60_000

/**
 * Returns the outcome of an event that waits for another with more data; undefined once it has waited long enough. That is
 * `patienceMs` after it was received, and later while events of these types, received until then, are still unprocessed: in
 * a month's renewals thousands may come at once.
 */
export async function awaitBetterEvent(
  deps: Deps,
  { accountId, receivedAt }: StripeEvent,
  { patienceMs, types }: { patienceMs: number; types: readonly string[] },
): Promise<EventOutcome | undefined> {
  const now = deps.now()
  const before = receivedAt + patienceMs
  if (now >= before && !(await hasUnseenStripeEvent(deps.db, accountId, { types, before }))) return undefined
  return { state: 'waiting', reason: 'waits_for_another', dueAt: now < before ? before : now + STEP_MS }
}
