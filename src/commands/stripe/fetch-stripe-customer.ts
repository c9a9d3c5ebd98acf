import { findStripeConnection, type StripeEvent } from '../../db/stripe'
import type { Party } from '../../domain/stripe/facts'
import { readStripeEvent } from '../../domain/stripe/read-event'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { openStripeSecret } from './stripe-secrets'

/**
 * Fetches a customer with all tax ids, if the account saved a key that may read customers. A failed call is only
 * logged, so that the payment is processed without it.
 */
export async function fetchStripeCustomer(
  deps: Deps,
  { accountId, test }: StripeEvent,
  customerId: string | null,
): Promise<Party | undefined> {
  const connection = customerId === null ? undefined : await findStripeConnection(deps.db, accountId)
  const key = connection && (await openStripeSecret(deps, connection, test ? 'testKey' : 'liveKey'))
  if (!key || customerId === null) return undefined
  try {
    const object = await deps.stripe.customer(key, customerId)
    const fact = readStripeEvent({ type: 'customer.updated', data: { object } })
    return fact.type === 'customer' && object.deleted !== true ? fact.party : undefined
  } catch (error) {
    deps.log({ ...errorEntry(error), event: 'stripe_customer_not_read' })
    return undefined
  }
}
