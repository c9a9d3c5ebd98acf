import { findStripeConnection, type StripeEvent } from '../../db/stripe'
import type { InvoiceFact } from '../../domain/stripe/facts'
import { readStripeEvent } from '../../domain/stripe/read-event'
import type { Deps } from '../deps'
import { openStripeSecret } from './stripe-secrets'

/** Fetches an invoice with all its lines; undefined if the account saved no key for it. */
export async function fetchStripeInvoice(
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
