/**
 * One payment makes one receipt, whichever of its events comes first. What names a payment is its payment intent, else its charge;
 * since Stripe's version 2025-03-31 an invoice no longer says by which it was paid, nor a charge for which invoice, and only
 * `invoice_payment.paid` tells. So an event that can't be placed waits a little for it.
 */
import { findAccount } from '../../db/accounts'
import {
  bringForwardStripeEvents,
  claimStripeObject,
  type EventOutcome,
  findAlike,
  findStripeConnection,
  findStripeObject,
  linkStripeInvoice,
  type StripeEvent,
} from '../../db/stripe'
import { dateIn } from '../../domain/calendar'
import type { ChargeFact, InvoiceFact, InvoicePaymentFact, Party } from '../../domain/stripe/facts'
import { readStripeEvent } from '../../domain/stripe/read-event'
import {
  contentOfCharge,
  contentOfInvoice,
  type ReceiptContent,
  type ReceiptContext,
} from '../../domain/stripe/receipt-content'
import { documentPrefix } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { createDraft } from '../documents/create-draft'
import { issueAutomatic } from '../sends/issue-automatic'
import { contactOfParty } from './contact-of-party'
import { keptBackBy } from './kept-back'
import { retryStripeEvents } from './look-again'
import { processNegativeInvoice } from './process-negative-invoice'
import { openStripeSecret } from './stripe-secrets'

/** How long an event waits for another that says more; Stripe sends them within seconds. A charge says least, so it waits longest. */
const PATIENCE_MS = 5 * 60_000
const INVOICE_PATIENCE_MS = 4 * 60_000
/** Two events of one payment are never further apart. */
const ALIKE_MS = 60 * 60_000

export async function processCharge(deps: Deps, event: StripeEvent, told: ChargeFact): Promise<EventOutcome> {
  const { accountId } = event
  // Made days ago by some methods, and told now that it succeeded.
  const charge = { ...told, paidAt: event.happenedAt }
  if (charge.invoiceId) await linkStripeInvoice(deps.db, accountId, charge.invoiceId, charge.payment, charge.paidAt)
  const known = await findStripeObject(deps.db, accountId, charge.payment)
  // A charge that certainly has no invoice, or whose receipt is there, need not wait for a better word.
  if (!known?.targetId && charge.invoiceId !== null && isEarly(deps, event)) return waitFor(event)
  const seeks = charge.invoiceId === undefined ? { seeks: 'invoice' as const } : {}
  return makeReceipt(deps, event, { ...charge, keys: [charge.payment], ...seeks }, (context) =>
    contentOfCharge(charge, context),
  )
}

export async function processInvoice(deps: Deps, event: StripeEvent, told: InvoiceFact): Promise<EventOutcome> {
  const { accountId } = event
  if (Number(told.total) < 0) return processNegativeInvoice(deps, event, told)
  if (Number(told.total) - Number(told.creditedBefore) <= 0) return { state: 'done', reason: 'nothing_paid' }
  const link = await findStripeObject(deps.db, accountId, told.invoiceId)
  const payment = told.payment ?? link?.payment ?? undefined
  const seeksPayment = !payment && !told.outOfBand
  if (seeksPayment && isEarly(deps, event, INVOICE_PATIENCE_MS)) return waitFor(event, INVOICE_PATIENCE_MS)
  const invoice = told.hasMore ? await complete(deps, event, told) : told
  const keys = [...(payment ? [payment] : []), invoice.invoiceId]
  const seeks = seeksPayment ? { seeks: 'payment' as const } : {}
  return makeReceipt(deps, event, { ...invoice, amount: told.paid, keys, ...seeks }, (context) =>
    contentOfInvoice(invoice, context),
  )
}

/** Says which payment was for which invoice, and whoever waited for that goes on. */
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
  // Paid in parts: the receipt of the invoice is that of the first, and each other part has one of its own.
  if (byInvoice?.payment !== payment) return { state: 'done' }
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
  const fetched = await fetchInvoice(deps, event, invoiceId)
  // One that is paid in part has no receipt before it is paid.
  return fetched?.isPaid
    ? processInvoice(deps, event, { ...fetched, payment })
    : retryStripeEvents(deps, event, 'invoice_missing')
}

const isEarly = (deps: Deps, { receivedAt }: StripeEvent, patienceMs = PATIENCE_MS): boolean =>
  deps.now() < receivedAt + patienceMs

const waitFor = ({ receivedAt }: StripeEvent, patienceMs = PATIENCE_MS): EventOutcome => ({
  state: 'waiting',
  reason: 'waits_for_another',
  dueAt: receivedAt + patienceMs,
})

interface Payment {
  /** What the payment goes by, the most certain name first. */
  keys: string[]
  /** The half of it that nobody has named: another event may have made its receipt. */
  seeks?: 'invoice' | 'payment'
  party: Party
  paidAt: number
  currency: string
  /** Decimal. */
  amount: string
}

async function makeReceipt(
  deps: Deps,
  event: StripeEvent,
  payment: Payment,
  contentWith: (context: ReceiptContext) => ReceiptContent,
): Promise<EventOutcome> {
  const { accountId } = event
  const account = await findAccount(deps.db, accountId)
  if (!account) return { state: 'unmapped', reason: 'account_gone' }
  const documentId = await documentOf(deps, event, payment)
  const { keys, paidAt } = payment
  const { contactId, taxExempt } = await contactOfParty(deps, event, payment.party, {
    payment: keys[0] ?? '',
    at: paidAt,
  })
  const { taxRates, automaticTax, timeZone } = account.settings
  const { content, reason } = contentWith({
    rates: taxRates,
    usual: automaticTax ?? undefined,
    taxExempt,
    paidOn: dateIn(paidAt, timeZone),
  })
  const keptBack = reason ?? (contactId ? undefined : 'customer_unknown')
  const draft = { accountId, documentId, contactId: contactId ?? null, content }
  const issued = await issueAutomatic(deps, {
    ...draft,
    create: () => createDraft(deps, { ...draft, kind: 'receipt', actor: '' }),
    ...(keptBack && { keptBack }),
    // A charge knows less than an invoice: it never writes over a draft that another event left.
    replaces: !event.type.startsWith('charge.') || event.targetId === documentId,
  })
  if (issued.ok) return { state: 'done', targetId: documentId }
  return keptBackBy(issued, documentId)
}

/** The receipt of a payment, said before it is made: whoever of its events is first decides, under each of its names. */
async function documentOf(deps: Deps, { accountId, test }: StripeEvent, payment: Payment): Promise<string> {
  const { keys, paidAt, seeks } = payment
  const likeness = likenessOf(payment)
  const found = await Promise.all(keys.map((id) => findStripeObject(deps.db, accountId, id)))
  const known = found.find((object) => object?.targetId)?.targetId
  const [first = '', ...others] = keys
  const span = { from: paidAt - ALIKE_MS, to: paidAt + ALIKE_MS }
  const alike =
    known ?? (likeness && seeks && (await findAlike(deps.db, accountId, { seeks, likeness, ...span }))?.targetId)
  const claim = { accountId, at: paidAt, ...(likeness && { likeness }) }
  const targetId = await claimStripeObject(deps.db, {
    ...claim,
    id: first,
    targetId: alike || deps.newId(documentPrefix(test)),
  })
  for (const id of others) await claimStripeObject(deps.db, { ...claim, id, targetId })
  return targetId
}

/** Only for a customer that Stripe knows: two guests may well pay the same. A payment that is known to have no other half seeks none. */
const likenessOf = ({ party: { customerId }, currency, amount, keys, seeks }: Payment): string =>
  customerId && (seeks || keys.length > 1) ? `${customerId} ${currency} ${amount}` : ''

/** A list of lines that Stripe cut off, completed if the account gave us a key to do so. */
const complete = async (deps: Deps, event: StripeEvent, told: InvoiceFact): Promise<InvoiceFact> =>
  (await fetchInvoice(deps, event, told.invoiceId)) ?? told

async function fetchInvoice(
  deps: Deps,
  { accountId, test }: StripeEvent,
  invoiceId: string,
): Promise<InvoiceFact | undefined> {
  const connection = await findStripeConnection(deps.db, accountId)
  const key = connection && (await openStripeSecret(deps, connection, test ? 'testKey' : 'liveKey'))
  if (!key) return undefined
  const object = await deps.stripe.invoice(key, invoiceId)
  const fact = readStripeEvent({ type: 'invoice.paid', data: { object } })
  return fact.type === 'invoice' ? fact : undefined
}
