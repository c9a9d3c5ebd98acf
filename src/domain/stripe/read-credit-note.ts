/** Reads Stripe's credit notes (docs.stripe.com/api/credit_notes/object), of any API version. */
import { stripeDecimal } from './amounts'
import type { ReadEvent } from './facts'
import { readLines, totalTaxOf } from './invoice-lines'
import { idOf, type Json, list, object, page, text, time, whole } from './json'
import { shippingOf } from './shipping'

/**
 * Reads a credit note. Its lines state what it credits, however the money goes back: by refunds, to the customer's
 * balance or outside of Stripe. A credit note from before the payment lowers the amount to pay, so no receipt exists
 * that it could credit.
 */
export function readCreditNote(note: Json): ReadEvent {
  const creditNoteId = text(note.id)
  const currency = text(note.currency).toUpperCase()
  const at = time(note.created)
  const invoiceId = idOf(note.invoice)
  const total = whole(note.total) ?? whole(note.amount)
  const lines = readLines([...page(note.lines), ...shippingOf(note)], currency)
  if (!creditNoteId || !currency || at === undefined || !invoiceId || total === undefined || !lines)
    return { type: 'unreadable', reason: 'fields_missing' }
  if (text(note.status) === 'void') return { type: 'voided_credit_note', creditNoteId }
  if (total <= 0) return { type: 'unreadable', reason: 'amount_invalid' }
  const tax = totalTaxOf(note)
  const before = whole(note.pre_payment_amount) ?? (note.type === 'pre_payment' ? total : 0)
  return {
    type: 'credit_note',
    ...{ creditNoteId, invoiceId, currency, at, lines },
    total: stripeDecimal(total, currency),
    tax: tax === undefined ? undefined : stripeDecimal(tax, currency),
    hasMore: object(note.lines).has_more === true,
    refunds: [idOf(note.refund), ...list(note.refunds).map(({ refund }) => idOf(refund))].flatMap((id) => id ?? []),
    beforePayment: before <= 0 ? 'nothing' : before >= total ? 'all' : 'a_part',
  }
}

export function readVoidedCreditNote(note: Json): ReadEvent {
  const creditNoteId = text(note.id)
  return creditNoteId ? { type: 'voided_credit_note', creditNoteId } : { type: 'unreadable', reason: 'fields_missing' }
}
