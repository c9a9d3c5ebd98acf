/** Parses Stripe events of any API version into facts. No other code depends on API versions. */
import type { PaymentMethod } from '../document'
import { stripeDecimal } from './amounts'
import type { ReadEvent, RefundFact } from './facts'
import { readLines, totalTaxOf } from './invoice-lines'
import { withSpread } from './invoice-spread'
import { idOf, type Json, object, page, text, time, whole } from './json'
import { chargeParty, customerParty, invoiceParty } from './party'
import { readCheckout } from './read-checkout'
import { readCreditNote, readVoidedCreditNote } from './read-credit-note'
import { shippingOf } from './shipping'
import { taxIdFrom } from './tax-ids'

const UNREADABLE = { type: 'unreadable', reason: 'fields_missing' } as const
const NO_AMOUNT = { type: 'unreadable', reason: 'amount_invalid' } as const

/**
 * Returns the fact of an event.
 * @param event the verified event, as JSON
 */
export function readStripeEvent(event: Json): ReadEvent {
  const read = readSupported(event)
  return read.type !== 'unsupported' && isOfOther(event) ? { type: 'unreadable', reason: 'other_account' } : read
}

/**
 * Returns whether another account is the seller: an event of a connected account (`account`), or a sale or invoice on
 * behalf of one (docs.stripe.com/connect/charges). That account has to issue the document.
 */
function isOfOther(event: Json): boolean {
  const it = object(object(event.data).object)
  return [event.account, it.on_behalf_of, object(it.issuer).account].some((account) => idOf(account) !== undefined)
}

function readSupported(event: Json): ReadEvent {
  const it = object(object(event.data).object)
  switch (text(event.type)) {
    case 'customer.created':
    case 'customer.updated':
      return readCustomer(it, false)
    case 'customer.deleted':
      return readCustomer(it, true)
    case 'customer.tax_id.created':
    case 'customer.tax_id.updated':
      return readTaxId(it, false)
    case 'customer.tax_id.deleted':
      return readTaxId(it, true)
    case 'charge.succeeded':
    case 'charge.captured':
      // An authorised charge is not paid before it is captured.
      return it.captured === false ? { type: 'unsupported' } : readCharge(it)
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return readCheckout(it)
    case 'invoice.paid':
      return readInvoice(it)
    case 'invoice_payment.paid':
      return readInvoicePayment(it)
    case 'charge.refunded':
      return readRefundedCharge(it)
    case 'refund.created':
      return readRefund(it)
    case 'refund.updated':
    case 'charge.refund.updated':
      return hasFailed(it) ? readFailedRefund(it) : readRefund(it)
    case 'charge.dispute.created':
    case 'charge.dispute.closed':
      return readDispute(it)
    case 'refund.failed':
      return readFailedRefund(it)
    case 'credit_note.created':
      return readCreditNote(it)
    case 'credit_note.voided':
      return readVoidedCreditNote(it)
    default:
      return { type: 'unsupported' }
  }
}

/** Returns the id of the object that an event is about. Events of one payment or customer are found by it. */
export const subjectOf = (event: Json): string => text(object(object(event.data).object).id)

function readCustomer(customer: Json, deleted: boolean): ReadEvent {
  const party = customerParty(customer)
  return party.customerId ? { type: 'customer', deleted, party } : UNREADABLE
}

function readTaxId(it: Json, deleted: boolean): ReadEvent {
  const customerId = idOf(it.customer)
  const taxId = taxIdFrom(it)
  return customerId && taxId.value ? { type: 'tax_id', customerId, taxId, deleted } : UNREADABLE
}

function readCharge(charge: Json): ReadEvent {
  const { chargeId, currency, amount, paidAt } = {
    chargeId: text(charge.id),
    currency: currencyOf(charge),
    amount: whole(charge.amount_captured) || whole(charge.amount),
    paidAt: time(charge.created),
  }
  if (!chargeId || !currency || amount === undefined || paidAt === undefined) return UNREADABLE
  if (amount <= 0) return NO_AMOUNT
  return {
    type: 'charge',
    chargeId,
    payment: idOf(charge.payment_intent) ?? chargeId,
    invoiceId: 'invoice' in charge ? (idOf(charge.invoice) ?? null) : undefined,
    party: chargeParty(charge, idOf(charge.customer) ?? null),
    currency,
    amount: stripeDecimal(amount, currency),
    description: text(charge.description),
    paidAt,
    method: methodOf(text(object(charge.payment_method_details).type)),
  }
}

function readInvoice(invoice: Json): ReadEvent {
  const invoiceId = text(invoice.id)
  const currency = currencyOf(invoice)
  const total = whole(invoice.total)
  const tax = totalTaxOf(invoice)
  const paidAt = time(object(invoice.status_transitions).paid_at) ?? time(invoice.created)
  const lines = readLines([...withSpread(invoice), ...shippingOf(invoice)], currency)
  if (!invoiceId || !currency || total === undefined || paidAt === undefined || !lines) return UNREADABLE
  return {
    type: 'invoice',
    invoiceId,
    payment: idOf(invoice.payment_intent) ?? idOf(invoice.charge) ?? paymentOf(page(invoice.payments)[0] ?? {}),
    party: invoiceParty(invoice, idOf(invoice.customer) ?? null),
    currency,
    total: stripeDecimal(total, currency),
    tax: tax === undefined ? undefined : stripeDecimal(tax, currency),
    paid: stripeDecimal(whole(invoice.amount_paid) ?? total, currency),
    isPaid: !('status' in invoice) || invoice.status === 'paid',
    outOfBand: invoice.paid_out_of_band === true || invoice.amount_paid === 0,
    number: text(invoice.number),
    paidAt,
    lines,
    hasMore: object(invoice.lines).has_more === true,
    taxExempt: text(invoice.customer_tax_exempt),
    isTaxComputed: object(invoice.automatic_tax).enabled === true,
    creditedBefore: stripeDecimal(whole(invoice.pre_payment_credit_notes_amount) ?? 0, currency),
    creditedInvoices: [...new Set(page(invoice.lines).flatMap(creditedBy))],
  }
}

/** Returns the invoices whose lines a line gives back, after a plan was changed within a paid period. */
function creditedBy(line: Json): string[] {
  const { subscription_item_details, invoice_item_details } = object(line.parent)
  const details = [line, object(subscription_item_details), object(invoice_item_details)]
  return details.flatMap(
    ({ proration_details }) => idOf(object(object(proration_details).credited_items).invoice) ?? [],
  )
}

function readInvoicePayment(it: Json): ReadEvent {
  const invoiceId = idOf(it.invoice)
  const payment = paymentOf(it)
  const paidAt = time(object(it.status_transitions).paid_at) ?? time(it.created)
  if (!invoiceId || !payment || paidAt === undefined) return UNREADABLE
  return { type: 'invoice_payment', invoiceId, payment, paidAt }
}

/** Reads a refunded charge. It idsOf its refunds only in versions before 2022-11-15; later ones state only their sum. */
function readRefundedCharge(charge: Json): ReadEvent {
  const currency = currencyOf(charge)
  const inAll = whole(charge.amount_refunded)
  const payments = idsOf(charge.payment_intent, charge.id)
  if (!currency || inAll === undefined || payments.length === 0) return UNREADABLE
  if (inAll < 0) return NO_AMOUNT
  const refunds = page(charge.refunds).flatMap((refund) => refundOf(refund, currency))
  return { type: 'refund', refunds, payments, currency, refundedInAll: stripeDecimal(inAll, currency) }
}

function readRefund(refund: Json): ReadEvent {
  if (givesNothing(refund)) return { type: 'unsupported' }
  const currency = currencyOf(refund)
  const refunds = refundOf(refund, currency)
  const payments = idsOf(refund.payment_intent, refund.charge)
  if (!currency || refunds.length === 0 || payments.length === 0) return UNREADABLE
  return { type: 'refund', refunds, payments, currency }
}

const readFailedRefund = ({ id }: Json): ReadEvent =>
  text(id) ? { type: 'failed_refund', refundId: text(id) } : UNREADABLE

/** Reads a dispute. `warning_closed` is an inquiry that took nothing back. */
function readDispute(dispute: Json): ReadEvent {
  const payments = idsOf(dispute.payment_intent, dispute.charge)
  if (payments.length === 0) return UNREADABLE
  const status = text(dispute.status)
  const isWon = ['won', 'warning_closed', 'prevented'].includes(status)
  const amount = whole(dispute.amount)
  const currency = currencyOf(dispute)
  return {
    type: 'dispute',
    disputeId: text(dispute.id),
    payments,
    outcome: status === 'lost' ? 'lost' : isWon ? 'won' : 'open',
    amount: amount !== undefined && amount > 0 && currency ? stripeDecimal(amount, currency) : undefined,
    currency,
  }
}

/** Returns whether a refund gave nothing back. */
const hasFailed = (refund: Json): boolean => ['failed', 'canceled'].includes(text(refund.status))

/** Returns whether a refund has given nothing back so far. One that the customer must claim first does so later, as `refund.updated` reports. */
const givesNothing = (refund: Json): boolean => hasFailed(refund) || refund.status === 'requires_action'

function refundOf(refund: Json, currency: string): RefundFact['refunds'] {
  const id = text(refund.id)
  const amount = whole(refund.amount)
  const at = time(refund.created)
  return id && amount !== undefined && amount > 0 && at !== undefined && !givesNothing(refund)
    ? [{ id, amount: stripeDecimal(amount, currency), at }]
    : []
}

const idsOf = (...values: unknown[]): string[] => values.flatMap((value) => idOf(value) ?? [])

const currencyOf = (it: Json): string => text(it.currency).toUpperCase()

function paymentOf(invoicePayment: Json): string | undefined {
  const payment = object(invoicePayment.payment)
  // A payment record describes a payment outside of Stripe.
  return idOf(payment.payment_intent) ?? idOf(payment.charge) ?? idOf(payment.payment_record)
}

const METHODS: Record<string, PaymentMethod> = {
  card: 'card',
  card_present: 'card',
  sepa_debit: 'direct_debit',
  bacs_debit: 'direct_debit',
  us_bank_account: 'direct_debit',
  acss_debit: 'direct_debit',
  au_becs_debit: 'direct_debit',
  customer_balance: 'transfer',
}

const methodOf = (type: string): PaymentMethod => METHODS[type] ?? (type ? 'online' : 'other')
