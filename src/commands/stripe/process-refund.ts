/** One refund makes one credit note, whichever of its events comes first. What names it is Stripe's id of the refund. */
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
import { contentOfPart } from './content-of-part'
import { draftOutcome } from './draft-outcome'
import { postponeStripeEvent } from './postpone-stripe-event'
import { receiptOf } from './receipt-of'

/** How long a refund waits for its credit note, whose event Stripe sends within seconds. */
const PATIENCE_MS = 60_000

type Refund = RefundFact['refunds'][number] & { currency: string }

export async function processRefund(deps: Deps, event: StripeEvent, fact: RefundFact): Promise<EventOutcome> {
  const receipt = await receiptOf(deps, event.accountId, fact.payments)
  if (!receipt || receipt.status === 'draft') {
    return postponeStripeEvent(deps, event, receipt ? 'receipt_is_draft' : 'payment_unknown')
  }
  if (fact.refunds.length === 0) return withoutNames(deps, event, fact, receipt)
  let outcome: EventOutcome = { state: 'done' }
  for (const refund of fact.refunds) {
    if (
      !(await findStripeObject(deps.db, event.accountId, refund.id)) &&
      (await mayHaveCreditNote(deps, event, receipt))
    )
      return { state: 'waiting', reason: 'waits_for_another', dueAt: event.receivedAt + PATIENCE_MS }
    const one = await credit(deps, event, receipt.id, { ...refund, currency: fact.currency })
    if (one.state === 'unmapped' || outcome.state === 'done') outcome = one
  }
  return outcome
}

/** A refund says how much, the credit note of Stripe's that it may belong to says for what; only invoices have those. */
const mayHaveCreditNote = async (deps: Deps, { accountId, receivedAt }: StripeEvent, { id }: StoredDocument) =>
  deps.now() < receivedAt + PATIENCE_MS && (await isOfStripeInvoice(deps.db, accountId, id))

/** What was credited stays credited until the merchant decides: an issued document is never taken back automatically. */
export async function processFailedRefund(
  deps: Deps,
  { accountId }: StripeEvent,
  { refundId }: FailedRefundFact,
): Promise<EventOutcome> {
  const targetId = (await findStripeObject(deps.db, accountId, refundId))?.targetId
  const credited = targetId ? await findDocument(deps.db, accountId, targetId) : undefined
  return credited?.status === 'final' ? { state: 'unmapped', reason: 'refund_failed' } : { state: 'done' }
}

/** Later versions of `charge.refunded` only say how much was given back in all; `refund.created` names the refund. */
function withoutNames(
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
  const claim = { accountId, id: refund.id, targetId: deps.newId(documentPrefix(event.test)), at: refund.at }
  const documentId = await claimStripeObject(deps.db, claim)
  const [receipt, made] = await Promise.all([
    findDocument(deps.db, accountId, receiptId),
    findDocument(deps.db, accountId, documentId),
  ])
  if (!receipt) return { state: 'unmapped', reason: 'payment_unknown' }
  if (receipt.currency !== currency) return { state: 'unmapped', reason: 'refund_currency', targetId: receipt.id }
  const amount = toMinor(refund.amount, receipt.currency)
  // What was made by an earlier attempt counts already, and stays what it is.
  if (!made && amount > leftToCredit(receipt)) return { state: 'unmapped', reason: 'refund_exceeds' }
  const content = made?.content ?? (await contentOfPart(deps, receipt, amount))
  const issued = await issueAutomatic(deps, {
    ...{ accountId, documentId, contactId: receipt.contactId, content, replaces: false },
    create: () => createCreditNote(deps, { accountId, refersTo: receiptId, documentId, content, actor: '' }),
  })
  if (issued.ok) return { state: 'done', targetId: documentId }
  return draftOutcome(issued, documentId)
}
