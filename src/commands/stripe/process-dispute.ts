import type { EventOutcome, StripeEvent } from '../../db/stripe'
import { leftToCredit } from '../../domain/credit-note'
import type { DisputeFact } from '../../domain/stripe/facts'
import type { Deps } from '../deps'
import { receiptOf } from './receipt-of'

/**
 * A dispute takes money back, and says nothing of what was supplied: whether the receipt is to be credited is the merchant's to decide.
 * One that is lost is listed with the receipt; one that is won only where it was credited meanwhile.
 */
export async function processDispute(
  deps: Deps,
  { accountId }: StripeEvent,
  { payments, outcome }: DisputeFact,
): Promise<EventOutcome> {
  const receipt = await receiptOf(deps, accountId, payments)
  const target = receipt ? { targetId: receipt.id } : {}
  if (outcome === 'lost') {
    const isCredited = receipt?.status === 'final' && leftToCredit(receipt) === 0
    return { state: isCredited ? 'done' : 'unmapped', reason: 'dispute_lost', ...target }
  }
  const isCredited = outcome === 'won' && receipt !== undefined && receipt.credited > 0
  return { state: isCredited ? 'unmapped' : 'done', reason: `dispute_${outcome}`, ...target }
}
