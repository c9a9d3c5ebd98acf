import { findDocument } from '../../db/documents'
import { type EventOutcome, findStripeObject, linkStripeInvoice, type StripeEvent } from '../../db/stripe'
import type { VoidedCreditNoteFact } from '../../domain/stripe/facts'
import type { Deps } from '../deps'
import { VOIDED } from './voided'

/** A credit note that was voided before it was made here is never made; one that was is for the merchant to see: it is never taken back by itself. */
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
