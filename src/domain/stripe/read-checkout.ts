/**
 * Reads Checkout Sessions, including those of Payment Links (docs.stripe.com/api/checkout/sessions/object), of any
 * API version.
 */
import { stripeDecimal } from './amounts'
import type { ReadEvent } from './facts'
import { readLines } from './invoice-lines'
import { idOf, type Json, list, object, page, text, time, whole } from './json'
import { checkoutParty } from './party'
import { shippingOf } from './shipping'

/** Reads a paid session. The event contains its lines only if they were expanded; buyer, tax and total are always there. */
export function readCheckout(session: Json): ReadEvent {
  const isPaid = ['paid', 'no_payment_required'].includes(text(session.payment_status))
  if (!isPaid || session.mode === 'setup') return { type: 'unsupported' }
  const sessionId = text(session.id)
  const currency = text(session.currency).toUpperCase()
  const total = whole(session.amount_total)
  const paidAt = time(session.created)
  const sold = page(session.line_items)
  const lines = readLines([...sold.map(asInvoiceLine), ...shippingOf(session)], currency)
  if (!sessionId || !currency || total === undefined || paidAt === undefined || !lines)
    return { type: 'unreadable', reason: 'fields_missing' }
  if (total < 0) return { type: 'unreadable', reason: 'amount_invalid' }
  const tax = whole(object(session.total_details).amount_tax)
  const party = checkoutParty(session, idOf(session.customer) ?? null)
  return {
    type: 'checkout',
    ...{ sessionId, currency, paidAt, party, lines },
    payment: idOf(session.payment_intent),
    isInvoiced: idOf(session.invoice) !== undefined || session.mode === 'subscription',
    total: stripeDecimal(total, currency),
    tax: tax === undefined ? undefined : stripeDecimal(tax, currency),
    isTaxComputed: object(session.automatic_tax).enabled === true,
    hasMore: sold.length === 0 || object(session.line_items).has_more === true,
    taxExempt: party.taxExempt ?? '',
  }
}

/** Returns a line in the form of an invoice's. Its `amount_total` is after discounts and includes all tax. */
function asInvoiceLine(line: Json): Json {
  const taxes = list(line.taxes).map((tax) => ({ ...tax, tax_behavior: 'inclusive' }))
  const inAll = whole(line.amount_tax) ?? 0
  const unnamed = inAll === 0 ? [] : [{ amount: inAll, tax_behavior: 'inclusive' }]
  const { amount_total: amount, quantity, description } = line
  return { amount, quantity, description, taxes: taxes.length > 0 ? taxes : unnamed }
}
