import type { EventOutcome, StripeEvent } from '../../db/stripe'
import { leftToCredit } from '../../domain/credit-note'
import type { DisputeFact } from '../../domain/stripe/facts'
import type { Deps } from '../deps'
import { receiptOf } from './receipt-of'

/**
 * Lists a lost dispute with its receipt, and a won one if the receipt was credited in the meantime. A dispute takes
 * money back without saying what was supplied, so the merchant decides whether to credit the receipt.
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
