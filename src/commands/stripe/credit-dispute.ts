import { findDocument } from '../../db/documents'
import { claimStripeObject, findStripeEvent, type StripeEvent } from '../../db/stripe'
import { leftToCredit } from '../../domain/credit-note'
import { toMinor } from '../../domain/money'
import { ok, type Result, refuse } from '../../domain/result'
import type { DisputeFact } from '../../domain/stripe/facts'
import type { Json } from '../../domain/stripe/json'
import { readStripeEvent } from '../../domain/stripe/read-event'
import { documentPrefix } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { createCreditNote } from '../documents/create-credit-note'
import { finaliseDocument } from '../documents/finalise-document'
import { contentOfPart } from './content-of-part'
import { readEventBody } from './event-bodies'
import { receiptOf } from './receipt-of'
import { replayStripeEvent } from './replay-stripe-event'

export interface DisputeInput {
  accountId: string
  eventId: string
  actor: string
}

export interface DisputeCredit {
  /** The credit note. */
  id: string
  /** False if it is still a draft, whose page says what is missing. */
  isFinal: boolean
}

/**
 * Credits the disputed part of a receipt after its dispute was lost: at most what is left, and once, however often it
 * is requested. Refused as `dispute_amount_unknown` if Stripe names no amount in the receipt's currency.
 */
export async function creditDispute(
  deps: Deps,
  { accountId, eventId, actor }: DisputeInput,
): Promise<Result<DisputeCredit, 'not_found' | 'nothing_left' | 'dispute_amount_unknown' | 'receipt_is_draft'>> {
  const event = await findStripeEvent(deps.db, accountId, eventId)
  const fact = event && (await lostDispute(deps, event))
  const receipt = fact && (await receiptOf(deps, accountId, fact.payments))
  if (!fact || !receipt) return refuse('not_found')
  if (receipt.status === 'draft') return refuse('receipt_is_draft')
  const { disputeId, amount, currency } = fact
  if (!disputeId || amount === undefined || currency !== receipt.currency) return refuse('dispute_amount_unknown')
  const targetId = deps.newId(documentPrefix(event.test))
  const id = await claimStripeObject(deps.db, { accountId, id: disputeId, targetId, at: event.happenedAt })
  const earlier = await findDocument(deps.db, accountId, id)
  if (earlier?.status === 'final') {
    await replayStripeEvent(deps, accountId, eventId)
    return ok({ id, isFinal: true })
  }
  const credited = Math.min(toMinor(amount, currency), leftToCredit(receipt))
  if (credited <= 0) return refuse('nothing_left')
  if (!earlier) {
    const content = await contentOfPart(deps, receipt, credited)
    const made = await createCreditNote(deps, { accountId, refersTo: receipt.id, documentId: id, content, actor })
    if (!made.ok) return refuse('not_found')
  }
  const finalised = await finaliseDocument(deps, { accountId, documentId: id, version: earlier?.version ?? 1, actor })
  // Ends the listed event, which finds its credit note. If the isolate dies before, a repeated request does it.
  if (finalised.ok) await replayStripeEvent(deps, accountId, eventId)
  return ok({ id, isFinal: finalised.ok })
}

async function lostDispute(deps: Deps, event: StripeEvent): Promise<DisputeFact | undefined> {
  const body = event.reason === 'dispute_lost' ? await readEventBody(deps, event) : undefined
  const fact = body === undefined ? undefined : readStripeEvent(JSON.parse(body) as Json)
  return fact?.type === 'dispute' && fact.outcome === 'lost' ? fact : undefined
}
