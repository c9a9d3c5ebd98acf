/** Makes one credit note for each refund, whichever of its events comes first. Stripe's id of the refund identifies it. */
import { findDocument, type StoredDocument } from '../../db/documents'
import {
  claimStripeObject,
  type EventOutcome,
  findStripeObject,
  isOfStripeInvoice,
  type StripeEvent,
} from '../../db/stripe'
import { leftToCredit } from '../../domain/credit-note'
import { toMinor } from '../../domain/money'
import type { FailedRefundFact, RefundFact } from '../../domain/stripe/facts'
import { documentPrefix } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { createCreditNote } from '../documents/create-credit-note'
import { issueAutomatic } from '../sends/issue-automatic'
import { awaitBetterEvent } from './await-better-event'
import { contentOfPart } from './content-of-part'
import { draftOutcome } from './draft-outcome'
import { postponeStripeEvent } from './postpone-stripe-event'
import { receiptOf } from './receipt-of'
import { isVoidedUnmade, markVoided } from './voided'

/** Time for which a refund waits for its credit note, whose event Stripe sends within seconds. */
const PATIENCE_MS = 60_000

type Refund = RefundFact['refunds'][number] & { currency: string }

/** Makes the credit notes of an event's refunds. */
export async function processRefund(deps: Deps, event: StripeEvent, fact: RefundFact): Promise<EventOutcome> {
  const receipt = await receiptOf(deps, event.accountId, fact.payments)
  if (!receipt || receipt.status === 'draft') {
    return postponeStripeEvent(deps, event, receipt ? 'receipt_is_draft' : 'payment_unknown')
  }
  if (fact.refunds.length === 0) return withoutRefundIds(deps, event, fact, receipt)
  let outcome: EventOutcome = { state: 'done' }
  for (const refund of fact.refunds) {
    if (!(await findStripeObject(deps.db, event.accountId, refund.id))) {
      const waits = await awaitCreditNote(deps, event, receipt)
      if (waits) return waits
    }
    const one = await credit(deps, event, receipt.id, { ...refund, currency: fact.currency })
    if (one.state === 'unmapped' || outcome.state === 'done') outcome = one
  }
  return outcome
}

/**
 * Returns the outcome of a refund for which a credit note of Stripe may still arrive: it states the lines, a refund only the
 * amount. Only invoices have credit notes.
 */
const awaitCreditNote = async (deps: Deps, event: StripeEvent, { id }: StoredDocument) =>
  (await isOfStripeInvoice(deps.db, event.accountId, id))
    ? awaitBetterEvent(deps, event, { patienceMs: PATIENCE_MS, types: ['credit_note.created'] })
    : undefined

/**
 * Records a failed refund, so that no credit note is made if its creation is reported later. Lists one that was
 * already credited: an issued credit note is never reversed automatically, the merchant decides.
 */
export async function processFailedRefund(
  deps: Deps,
  event: StripeEvent,
  { refundId }: FailedRefundFact,
): Promise<EventOutcome> {
  const credited = await markVoided(deps, event, refundId)
  return credited?.status === 'final' ? { state: 'unmapped', reason: 'refund_failed' } : { state: 'done' }
}

/**
 * Returns the outcome of an event that names no refund: later versions of `charge.refunded` state only the sum of all
 * refunds, and `refund.created` names the refund.
 */
function withoutRefundIds(
  deps: Deps,
  event: StripeEvent,
  { refundedInAll, currency }: RefundFact,
  receipt: StoredDocument,
): EventOutcome {
  if (refundedInAll === undefined) return { state: 'unmapped', reason: 'credit_without_refund' }
  if (receipt.credited >= toMinor(refundedInAll, currency)) return { state: 'done', targetId: receipt.id }
  return postponeStripeEvent(deps, event, 'refund_unnamed')
}

async function credit(deps: Deps, event: StripeEvent, receiptId: string, refund: Refund): Promise<EventOutcome> {
  const { accountId } = event
  const { currency } = refund
  if (isVoidedUnmade(await findStripeObject(deps.db, accountId, refund.id))) return { state: 'done' }
  const claim = { accountId, id: refund.id, targetId: deps.newId(documentPrefix(event.test)), at: refund.at }
  const documentId = await claimStripeObject(deps.db, claim)
  const [receipt, made] = await Promise.all([
    findDocument(deps.db, accountId, receiptId),
    findDocument(deps.db, accountId, documentId),
  ])
  if (!receipt) return { state: 'unmapped', reason: 'payment_unknown' }
  if (receipt.currency !== currency) return { state: 'unmapped', reason: 'refund_currency', targetId: receipt.id }
  const amount = toMinor(refund.amount, receipt.currency)
  // A credit note made by an earlier attempt keeps its content.
  if (!made && amount > leftToCredit(receipt)) return { state: 'unmapped', reason: 'refund_exceeds' }
  const content = made?.content ?? (await contentOfPart(deps, receipt, amount))
  const issued = await issueAutomatic(deps, {
    ...{ accountId, documentId, contactId: receipt.contactId, content, replaces: false },
    create: () => createCreditNote(deps, { accountId, refersTo: receiptId, documentId, content, actor: '' }),
  })
  if (issued.ok) return { state: 'done', targetId: documentId }
  return draftOutcome(issued, documentId)
}
