import type { StripeEvent } from '../../db/stripe'
import { addressKey } from '../../domain/email-addresses'
import type { Party } from '../../domain/stripe/facts'

/**
 * What a customer or guest goes by among Stripe's objects. Those of test mode are others, whatever their address.
 * @param payment names a guest without an address: a name alone may be another's
 */
export function stripeCustomerId(
  { test }: StripeEvent,
  { customerId, email }: Pick<Party, 'customerId' | 'email'>,
  payment = '',
): string {
  const id = customerId ?? `guest:${email ? addressKey(email) : payment}`
  return test ? `test:${id}` : id
}
