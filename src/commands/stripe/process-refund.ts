/** One refund makes one credit note, whichever of its events comes first. What names it is Stripe's id of the refund. */
import { findDocument, type StoredDocument } from '../../db/documents'
import { claimStripeObject, type EventOutcome, findStripeObject, type StripeEvent } from '../../db/stripe'
import { leftToCredit } from '../../domain/credit-note'
import type { DocumentContent } from '../../domain/document'
import { toMinor } from '../../domain/money'
import type { FailedRefundFact, RefundFact } from '../../domain/stripe/facts'
import { refundContent } from '../../domain/stripe/refund-content'
import { documentPrefix } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { createCreditNote } from '../documents/create-credit-note'
import { creditDescription, restOf } from '../documents/credit-rest'
import { snapshotOf } from '../documents/load-snapshot'
import { issueAutomatic } from '../sends/issue-automatic'
import { keptBackBy } from './kept-back'
import { retryStripeEvents } from './look-again'

type Refund = RefundFact['refunds'][number]

export async function processRefund(deps: Deps, event: StripeEvent, fact: RefundFact): Promise<EventOutcome> {
  const documentId = await receiptOf(deps, event.accountId, fact.payments)
  const receipt = documentId ? await findDocument(deps.db, event.accountId, documentId) : undefined
  if (!receipt || receipt.status === 'draft') {
    return retryStripeEvents(deps, event, receipt ? 'receipt_is_draft' : 'payment_unknown')
  }
  if (fact.refunds.length === 0) return withoutNames(deps, event, fact, receipt)
  let outcome: EventOutcome = { state: 'done' }
  for (const refund of fact.refunds) {
    const one = await credit(deps, event, receipt.id, refund)
    if (one.state === 'unmapped' || outcome.state === 'done') outcome = one
  }
  return outcome
}

/** What was credited stays credited until the merchant decides: a document that is issued is never taken back by itself. */
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
  return retryStripeEvents(deps, event, 'refund_unnamed')
}

async function credit(deps: Deps, event: StripeEvent, receiptId: string, refund: Refund): Promise<EventOutcome> {
  const { accountId } = event
  const claim = { accountId, id: refund.id, targetId: deps.newId(documentPrefix(event.test)), at: refund.at }
  const documentId = await claimStripeObject(deps.db, claim)
  const [receipt, made] = await Promise.all([
    findDocument(deps.db, accountId, receiptId),
    findDocument(deps.db, accountId, documentId),
  ])
  if (!receipt) return { state: 'unmapped', reason: 'payment_unknown' }
  const amount = toMinor(refund.amount, receipt.currency)
  // What was made by an earlier attempt counts already, and stays what it is.
  if (!made && amount > leftToCredit(receipt)) return { state: 'unmapped', reason: 'refund_exceeds' }
  const content = made?.content ?? (await contentFor(deps, receipt, amount))
  const issued = await issueAutomatic(deps, {
    ...{ accountId, documentId, contactId: receipt.contactId, content, replaces: false },
    create: () => createCreditNote(deps, { accountId, refersTo: receiptId, documentId, content, actor: '' }),
  })
  if (issued.ok) return { state: 'done', targetId: documentId }
  return keptBackBy(issued, documentId)
}

/** All that is left, line by line; or a part of it. */
async function contentFor(deps: Deps, receipt: StoredDocument, amount: number): Promise<DocumentContent> {
  const snapshot = snapshotOf(receipt)
  if (!snapshot) throw new Error(`${receipt.id} has no paper`)
  if (amount === leftToCredit(receipt)) return restOf(deps, receipt)
  const describeTax = creditDescription('document.refund', snapshot)
  return refundContent(snapshot.content, {
    language: snapshot.language,
    amount,
    charged: snapshot.totals.taxes,
    describeTax,
  })
}

/** A payment goes by several names; an invoice may only lead to its payment. */
async function receiptOf(deps: Deps, accountId: string, payments: string[]): Promise<string | undefined> {
  for (const id of payments) {
    const object = await findStripeObject(deps.db, accountId, id)
    if (object?.targetId) return object.targetId
    const payment = object?.payment ? await findStripeObject(deps.db, accountId, object.payment) : undefined
    if (payment?.targetId) return payment.targetId
  }
  return undefined
}
