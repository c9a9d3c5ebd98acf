import { findDocument, type StoredDocument } from '../../db/documents'
import { type EventOutcome, findStripeObject, type StripeEvent } from '../../db/stripe'
import { leftToCredit } from '../../domain/credit-note'
import type { DisputeFact } from '../../domain/stripe/facts'
import type { Deps } from '../deps'
import { postponeStripeEvent } from './postpone-stripe-event'
import { receiptOf } from './receipt-of'

/**
 * Lists a lost dispute with its receipt, and a won one if the receipt was credited in the meantime. A dispute takes
 * money back without saying what was supplied, so the merchant decides whether to credit the receipt.
 */
export async function processDispute(
  deps: Deps,
  event: StripeEvent,
  { payments, outcome, disputeId }: DisputeFact,
): Promise<EventOutcome> {
  const { accountId } = event
  const receipt = await receiptOf(deps, accountId, payments)
  const target = receipt ? { targetId: receipt.id } : {}
  // The payment may be reported later. Without its receipt there would be nothing to credit.
  if (outcome === 'lost' && !receipt) return postponeStripeEvent(deps, event, 'dispute_lost')
  if (outcome === 'lost') {
    const isOver = (await isCredited(deps, accountId, disputeId)) || isCreditedInFull(receipt)
    return { state: isOver ? 'done' : 'unmapped', reason: 'dispute_lost', ...target }
  }
  const isCreditedAllTheSame = outcome === 'won' && receipt !== undefined && receipt.credited > 0
  return { state: isCreditedAllTheSame ? 'unmapped' : 'done', reason: `dispute_${outcome}`, ...target }
}

const isCreditedInFull = (receipt: StoredDocument | undefined): boolean =>
  receipt?.status === 'final' && leftToCredit(receipt) === 0

/** Returns whether the disputed amount has its credit note (`creditDispute`). */
async function isCredited({ db }: Deps, accountId: string, disputeId: string): Promise<boolean> {
  const targetId = disputeId && (await findStripeObject(db, accountId, disputeId))?.targetId
  return targetId ? (await findDocument(db, accountId, targetId))?.status === 'final' : false
}
