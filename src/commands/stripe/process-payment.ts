/**
 * Makes one receipt for each payment, whichever of its events comes first. Its payment intent identifies a payment,
 * else its charge. Since Stripe's version 2025-03-31 an invoice no longer names its payment, nor a charge its
 * invoice; only `invoice_payment.paid` names both. So an event that can't be matched waits for it.
 */
import {
  bringForwardStripeEvents,
  claimStripeObject,
  type EventOutcome,
  findStripeConnection,
  findStripeObject,
  linkStripeInvoice,
  type StripeEvent,
} from '../../db/stripe'
import type { ChargeFact, InvoiceFact, InvoicePaymentFact } from '../../domain/stripe/facts'
import { contentOfCharge, contentOfInvoice } from '../../domain/stripe/receipt-content'
import type { Deps } from '../deps'
import { awaitBetterEvent } from './await-better-event'
import { fetchStripeInvoice } from './fetch-stripe-invoice'
import { makeReceipt } from './make-receipt'
import { postponeStripeEvent } from './postpone-stripe-event'
import { processNegativeInvoice } from './process-negative-invoice'
import { receiptOf } from './receipt-of'

/**
 * Time for which an event waits for another one with more data, which Stripe sends within seconds. A charge has the
 * least data, so it waits longest.
 */
const PATIENCE_MS = 5 * 60_000
const INVOICE_PATIENCE_MS = 4 * 60_000
/** The events that have more data than a charge. */
const BETTER_EVENTS = [
  ...['invoice.paid', 'invoice_payment.paid'],
  ...['checkout.session.completed', 'checkout.session.async_payment_succeeded'],
]

/** Makes the receipt of a charge. At first it waits if an event with more data may follow. */
export async function processCharge(deps: Deps, event: StripeEvent, chargeFact: ChargeFact): Promise<EventOutcome> {
  const { accountId } = event
  // Some methods succeed days after the charge was made.
  const charge = { ...chargeFact, paidAt: event.happenedAt }
  const { payment, paidAt } = charge
  if (charge.invoiceId) await linkStripeInvoice(deps.db, accountId, charge.invoiceId, payment, paidAt)
  const known = await findStripeObject(deps.db, accountId, payment)
  const whole = known?.targetId ? undefined : await receiptOf(deps, accountId, [payment])
  // The invoice was paid in parts and its receipt is of its total. The receipt of another part has no order number.
  if (whole?.content.orderNumber) {
    const targetId = await claimStripeObject(deps.db, { accountId, id: payment, targetId: whole.id, at: paidAt })
    return { state: 'done', targetId }
  }
  // A charge that has no invoice, or whose receipt exists, need not wait.
  if (!known?.targetId && (await mayHaveBetterEvent(deps, event, charge))) {
    const waits = await awaitBetterEvent(deps, event, { patienceMs: PATIENCE_MS, types: BETTER_EVENTS })
    if (waits) return waits
  }
  const seeks = charge.invoiceId === undefined ? { seeks: 'invoice' as const } : {}
  return makeReceipt(deps, event, { ...charge, keys: [payment], ...seeks }, (context) =>
    contentOfCharge(charge, context),
  )
}

/** Returns true if an event with more data may follow: of the invoice, or of the Checkout Session, which no charge names. */
async function mayHaveBetterEvent(deps: Deps, { accountId }: StripeEvent, charge: ChargeFact): Promise<boolean> {
  if (charge.invoiceId !== null || charge.description === '') return true
  return (await findStripeConnection(deps.db, accountId))?.checkoutAt != null
}

/** Makes the receipt of a paid invoice, or a credit note if its total is negative. */
export async function processInvoice(deps: Deps, event: StripeEvent, invoiceFact: InvoiceFact): Promise<EventOutcome> {
  const { accountId } = event
  if (Number(invoiceFact.total) < 0) return processNegativeInvoice(deps, event, invoiceFact)
  if (Number(invoiceFact.total) - Number(invoiceFact.creditedBefore) <= 0)
    return { state: 'done', reason: 'nothing_paid' }
  const link = await findStripeObject(deps.db, accountId, invoiceFact.invoiceId)
  const payment = invoiceFact.payment ?? link?.payment ?? undefined
  const seeksPayment = !payment && !invoiceFact.outOfBand
  if (seeksPayment && isEarly(deps, event, INVOICE_PATIENCE_MS)) return waitFor(event, INVOICE_PATIENCE_MS)
  const invoice =
    (invoiceFact.hasMore ? await fetchStripeInvoice(deps, event, invoiceFact.invoiceId) : undefined) ?? invoiceFact
  const keys = [...(payment ? [payment] : []), invoice.invoiceId]
  const seeks = seeksPayment ? { seeks: 'payment' as const } : {}
  return makeReceipt(deps, event, { ...invoice, amount: invoiceFact.paid, keys, ...seeks }, (context) =>
    contentOfInvoice(invoice, context),
  )
}

/** Links a payment to its invoice and reopens the events that waited for the link. */
export async function processInvoicePayment(
  deps: Deps,
  event: StripeEvent,
  { invoiceId, payment, paidAt }: InvoicePaymentFact,
): Promise<EventOutcome> {
  const { accountId } = event
  await linkStripeInvoice(deps.db, accountId, invoiceId, payment, paidAt)
  const [byPayment, byInvoice] = await Promise.all([
    findStripeObject(deps.db, accountId, payment),
    findStripeObject(deps.db, accountId, invoiceId),
  ])
  // An invoice that is paid in parts: its receipt is that of the first payment, and each other payment gets its own unless
  // that receipt is of the whole invoice.
  if (byInvoice?.payment !== payment) {
    await linkStripeInvoice(deps.db, accountId, payment, invoiceId, paidAt)
    return { state: 'done' }
  }
  const targetId = byPayment?.targetId ?? byInvoice?.targetId
  if (targetId) {
    const likeness = byPayment?.likeness ?? byInvoice?.likeness
    const claim = { accountId, targetId, at: paidAt, ...(likeness && { likeness }) }
    await claimStripeObject(deps.db, { ...claim, id: payment })
    await claimStripeObject(deps.db, { ...claim, id: invoiceId })
    return { state: 'done', targetId }
  }
  await bringForwardStripeEvents(deps.db, accountId, invoiceId, deps.now())
  if (isEarly(deps, event)) return waitFor(event)
  const fetched = await fetchStripeInvoice(deps, event, invoiceId)
  // An invoice gets no receipt before it is fully paid.
  return fetched?.isPaid
    ? processInvoice(deps, event, { ...fetched, payment })
    : postponeStripeEvent(deps, event, 'invoice_missing')
}

const isEarly = (deps: Deps, { receivedAt }: StripeEvent, patienceMs = PATIENCE_MS): boolean =>
  deps.now() < receivedAt + patienceMs

const waitFor = ({ receivedAt }: StripeEvent, patienceMs = PATIENCE_MS): EventOutcome => ({
  state: 'waiting',
  reason: 'waits_for_another',
  dueAt: receivedAt + patienceMs,
})
