import { findDocument } from '../../db/documents'
import { type EventOutcome, findStripeObject, linkStripeInvoice, type StripeEvent } from '../../db/stripe'
import type { VoidedCreditNoteFact } from '../../domain/stripe/facts'
import type { Deps } from '../deps'
import { VOIDED } from './voided'

/**
 * Records that Stripe voided a credit note. If no document exists yet, none is made. An issued one is never taken back
 * automatically: the event is listed for the merchant.
 */
export async function processVoidedCreditNote(
  deps: Deps,
  { accountId, happenedAt }: StripeEvent,
  { creditNoteId }: VoidedCreditNoteFact,
): Promise<EventOutcome> {
  await linkStripeInvoice(deps.db, accountId, creditNoteId, VOIDED, happenedAt)
  const targetId = (await findStripeObject(deps.db, accountId, creditNoteId))?.targetId
  const made = targetId ? await findDocument(deps.db, accountId, targetId) : undefined
  return made ? { state: 'unmapped', reason: 'credit_voided', targetId: made.id } : { state: 'done' }
}
