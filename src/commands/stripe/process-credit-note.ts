import { findDocument, type StoredDocument } from '../../db/documents'
import { claimStripeObject, type EventOutcome, findStripeObject, type StripeEvent } from '../../db/stripe'
import { toMinor } from '../../domain/money'
import type { CreditNoteFact } from '../../domain/stripe/facts'
import { documentPrefix } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { creditByLines } from './credit-by-lines'
import { postponeStripeEvent } from './postpone-stripe-event'
import { receiptOf } from './receipt-of'
import { isVoidedUnmade } from './voided'

/** Makes a credit note from one of Stripe, with its lines. The refunds that pay it out get no credit notes of their own. */
export async function processCreditNote(deps: Deps, event: StripeEvent, note: CreditNoteFact): Promise<EventOutcome> {
  const { accountId } = event
  if (isVoidedUnmade(await findStripeObject(deps.db, accountId, note.creditNoteId))) return { state: 'done' }
  if (note.beforePayment === 'all') return { state: 'done', reason: 'credited_before' }
  if (note.beforePayment === 'a_part') return { state: 'unmapped', reason: 'credit_mixed' }
  const receipt = await receiptOf(deps, accountId, [note.invoiceId])
  if (receipt?.status !== 'final')
    return postponeStripeEvent(deps, event, receipt ? 'receipt_is_draft' : 'payment_unknown')
  const made = await listMade(deps, accountId, note.refunds)
  const claimed = await findStripeObject(deps.db, accountId, note.creditNoteId)
  if (made.length > 0 && !claimed?.targetId) return alreadyCredited(note, made)
  const documentId = await claimAll(deps, event, note)
  const issued = await findDocument(deps.db, accountId, documentId)
  if (issued?.status === 'final') return { state: 'done', targetId: documentId }
  return creditByLines(deps, { receipt, documentId, credited: note })
}

/** Finds credit notes that the refunds of this one made before its event arrived. */
async function listMade(deps: Deps, accountId: string, refunds: string[]): Promise<StoredDocument[]> {
  const made: StoredDocument[] = []
  for (const id of refunds) {
    const targetId = (await findStripeObject(deps.db, accountId, id))?.targetId
    const document = targetId ? await findDocument(deps.db, accountId, targetId) : undefined
    if (document) made.push(document)
  }
  return made
}

/**
 * Returns the outcome for a credit note whose refunds have already made credit notes. If their totals don't add up to
 * it, a person must add the rest, such as a credit to the customer's balance.
 */
function alreadyCredited(note: CreditNoteFact, made: StoredDocument[]): EventOutcome {
  const [first] = made
  const sum = made.reduce((all, { total }) => all + total, 0)
  const targetId = first?.id
  const isWhole = first !== undefined && sum === toMinor(note.total, first.currency)
  const outcome: EventOutcome = isWhole ? { state: 'done' } : { state: 'unmapped', reason: 'credit_partly' }
  return { ...outcome, ...(targetId && { targetId }) }
}

/**
 * Claims one document id under the ids of the credit note and of its refunds. The claim of the first refund decides,
 * since its event may be processed at the same time.
 */
async function claimAll(
  deps: Deps,
  event: StripeEvent,
  { creditNoteId, refunds, at }: CreditNoteFact,
): Promise<string> {
  const { accountId, test } = event
  const [first = creditNoteId, ...others] = [...refunds, creditNoteId]
  const claimedId = (await findStripeObject(deps.db, accountId, creditNoteId))?.targetId
  const claim = { accountId, at, targetId: claimedId ?? deps.newId(documentPrefix(test)) }
  const targetId = await claimStripeObject(deps.db, { ...claim, id: first })
  for (const id of others) await claimStripeObject(deps.db, { ...claim, targetId, id })
  return targetId
}
