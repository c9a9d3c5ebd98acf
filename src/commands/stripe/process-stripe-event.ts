import { findAccount } from '../../db/accounts'
import {
  claimStripeEvent,
  type EventOutcome,
  findStripeEvent,
  isStripeEventOver,
  markStripeEvent,
  type StripeEvent,
} from '../../db/stripe'
import type { Json } from '../../domain/stripe/json'
import { readStripeEvent } from '../../domain/stripe/read-event'
import type { Deps } from '../deps'
import { deleteEventBodies, readEventBody } from './event-bodies'
import { processCheckout } from './process-checkout'
import { processCreditNote } from './process-credit-note'
import { processCustomer } from './process-customer'
import { processDispute } from './process-dispute'
import { processCharge, processInvoice, processInvoicePayment } from './process-payment'
import { processFailedRefund, processRefund } from './process-refund'
import { processTaxId } from './process-tax-id'
import { processVoidedCreditNote } from './process-voided-credit-note'

/** Longer than any processing takes; if the isolate dies, a later tick retries the event. */
const LEASE_MS = 2 * 60_000
const MAX_ATTEMPTS = 8

/**
 * Processes a recorded event. May run twice or late without harm: the event is claimed, and each step records the id
 * of what it makes before making it.
 */
export async function processStripeEvent(deps: Deps, accountId: string, eventId: string): Promise<void> {
  const now = deps.now()
  const until = now + LEASE_MS
  if (!(await claimStripeEvent(deps.db, accountId, eventId, { now, until }))) return
  const event = await findStripeEvent(deps.db, accountId, eventId)
  if (!event) return
  const outcome: EventOutcome =
    event.attempt > MAX_ATTEMPTS ? { state: 'unmapped', reason: 'failed' } : await outcomeOf(deps, event)
  await markStripeEvent(deps.db, accountId, eventId, outcome, until)
  // After the row is written, so that a repeated call, which stores the body again, sees that the event is done.
  if (isStripeEventOver(outcome.state)) await deleteEventBodies(deps, [event])
}

async function outcomeOf(deps: Deps, event: StripeEvent): Promise<EventOutcome> {
  const account = await findAccount(deps.db, event.accountId)
  if (!account) return { state: 'unmapped', reason: 'account_gone' }
  // Nothing is made in an account that is being closed. If the account is kept, the event can be processed again.
  if (account.closingAt !== null) return { state: 'unmapped', reason: 'account_closing' }
  const body = await readEventBody(deps, event)
  if (body === undefined) return { state: 'unmapped', reason: 'failed' }
  const fact = readStripeEvent(JSON.parse(body) as Json)
  switch (fact.type) {
    case 'customer':
      return processCustomer(deps, event, fact)
    case 'tax_id':
      return processTaxId(deps, event, fact)
    case 'charge':
      return processCharge(deps, event, fact)
    case 'invoice':
      return processInvoice(deps, event, fact)
    case 'invoice_payment':
      return processInvoicePayment(deps, event, fact)
    case 'checkout':
      return processCheckout(deps, event, fact)
    case 'credit_note':
      return processCreditNote(deps, event, fact)
    case 'voided_credit_note':
      return processVoidedCreditNote(deps, event, fact)
    case 'refund':
      return processRefund(deps, event, fact)
    case 'failed_refund':
      return processFailedRefund(deps, event, fact)
    case 'dispute':
      return processDispute(deps, event, fact)
    case 'unsupported':
      return { state: 'ignored' }
    case 'unreadable':
      return { state: 'unmapped', reason: fact.reason }
  }
}
