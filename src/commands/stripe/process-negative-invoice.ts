import { findDocument } from '../../db/documents'
import { claimStripeObject, type EventOutcome, findStripeObject, type StripeEvent } from '../../db/stripe'
import { leftToCredit } from '../../domain/credit-note'
import { toMinor } from '../../domain/money'
import type { InvoiceFact } from '../../domain/stripe/facts'
import { negated, opposite } from '../../domain/stripe/negated'
import { documentPrefix } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { creditByLines } from './credit-by-lines'
import { postponeStripeEvent } from './postpone-stripe-event'
import { receiptOf } from './receipt-of'

/**
 * Makes a credit note from an invoice with a negative total, such as after a change to a cheaper plan. It credits the
 * receipt of the invoice whose lines are given back. If there is no such single receipt with enough left to credit,
 * the event is listed.
 */
export async function processNegativeInvoice(
  deps: Deps,
  event: StripeEvent,
  invoice: InvoiceFact,
): Promise<EventOutcome> {
  const { accountId, test } = event
  const [creditedId, ...others] = invoice.creditedInvoices
  if (!creditedId || others.length > 0) return { state: 'unmapped', reason: 'invoice_negative' }
  const known = (await findStripeObject(deps.db, accountId, invoice.invoiceId))?.targetId
  const made = known ? await findDocument(deps.db, accountId, known) : undefined
  if (made?.status === 'final') return { state: 'done', targetId: made.id }
  const receipt = await receiptOf(deps, accountId, [creditedId])
  if (receipt?.status !== 'final') return postponeStripeEvent(deps, event, 'invoice_negative')
  const total = opposite(invoice.total)
  if (invoice.currency !== receipt.currency || toMinor(total, receipt.currency) > leftToCredit(receipt))
    return { state: 'unmapped', reason: 'invoice_negative', targetId: receipt.id }
  const targetId = deps.newId(documentPrefix(test))
  const documentId = await claimStripeObject(deps.db, {
    accountId,
    id: invoice.invoiceId,
    targetId,
    at: invoice.paidAt,
  })
  const tax = invoice.tax === undefined ? undefined : opposite(invoice.tax)
  return creditByLines(deps, {
    receipt,
    documentId,
    credited: { ...invoice, total, tax, lines: negated(invoice.lines) },
  })
}
