import { type EventOutcome, findStripeConnection, type StripeEvent } from '../../db/stripe'
import type { CheckoutFact } from '../../domain/stripe/facts'
import type { Json } from '../../domain/stripe/json'
import { readStripeEvent } from '../../domain/stripe/read-event'
import { contentOfLines } from '../../domain/stripe/receipt-content'
import type { Deps } from '../deps'
import { contactOfParty } from './contact-of-party'
import { readEventBody } from './event-bodies'
import { makeReceipt } from './make-receipt'
import { openStripeSecret } from './stripe-secrets'

/**
 * Makes the receipt of a Checkout Session. If the session made an invoice, the invoice's event makes the receipt, and
 * the session only completes the contact.
 */
export async function processCheckout(deps: Deps, event: StripeEvent, checkout: CheckoutFact): Promise<EventOutcome> {
  // Some methods succeed days after the session was created.
  const paidAt = event.happenedAt
  const { party, payment, sessionId } = checkout
  if (checkout.isInvoiced) {
    const { contactId } = await contactOfParty(deps, event, party, { payment: sessionId, at: paidAt })
    return { state: 'done', ...(contactId && { targetId: contactId }) }
  }
  if (Number(checkout.total) === 0) return { state: 'done', reason: 'nothing_paid' }
  const session = checkout.hasMore ? await withLines(deps, event, checkout) : checkout
  const keys = [...(payment ? [payment] : []), sessionId]
  const { currency, total: amount } = session
  return makeReceipt(deps, event, { keys, party, paidAt, currency, amount, checksTax: true }, (context) =>
    contentOfLines(session, { ...context, taxExempt: session.taxExempt || context.taxExempt }),
  )
}

/** Fetches the lines of a session, if the account saved a key that may read sessions. */
async function withLines(deps: Deps, event: StripeEvent, checkout: CheckoutFact): Promise<CheckoutFact> {
  const connection = await findStripeConnection(deps.db, event.accountId)
  const key = connection && (await openStripeSecret(deps, connection, event.test ? 'testKey' : 'liveKey'))
  if (!key) return checkout
  const line_items = await deps.stripe.checkoutLines(key, checkout.sessionId)
  const { data } = JSON.parse((await readEventBody(deps, event)) ?? '{}') as { data?: { object?: Json } }
  const object = { ...data?.object, line_items }
  const fact = readStripeEvent({ type: 'checkout.session.completed', data: { object } })
  return fact.type === 'checkout' ? fact : checkout
}
