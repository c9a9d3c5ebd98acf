import type { EventOutcome, StripeEvent } from '../../db/stripe'
import type { VoidedCreditNoteFact } from '../../domain/stripe/facts'
import type { Deps } from '../deps'
import { markVoided } from './voided'

/**
 * Records that Stripe voided a credit note. If no document exists yet, none is made. An issued one is never taken back
 * automatically: the event is listed for the merchant.
 */
export async function processVoidedCreditNote(
  deps: Deps,
  event: StripeEvent,
  { creditNoteId }: VoidedCreditNoteFact,
): Promise<EventOutcome> {
  const made = await markVoided(deps, event, creditNoteId)
  return made ? { state: 'unmapped', reason: 'credit_voided', targetId: made.id } : { state: 'done' }
}
