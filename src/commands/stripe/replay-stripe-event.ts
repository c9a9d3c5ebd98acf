import { findStripeEvent, reopenStripeEvent, type StripeEvent } from '../../db/stripe'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { processStripeEvent } from './process-stripe-event'

/** Processes an event again that could not be mapped. Returns its state, also when it was mapped in the meantime. */
export async function replayStripeEvent(
  deps: Deps,
  accountId: string,
  eventId: string,
): Promise<Result<Pick<StripeEvent, 'state'>, 'not_found'>> {
  if (await reopenStripeEvent(deps.db, accountId, eventId, deps.now()))
    await processStripeEvent(deps, accountId, eventId)
  const event = await findStripeEvent(deps.db, accountId, eventId)
  return event ? ok(event) : refuse('not_found')
}
