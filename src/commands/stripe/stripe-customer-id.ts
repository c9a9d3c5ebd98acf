import type { StripeEvent } from '../../db/stripe'
import { addressKey } from '../../domain/email-addresses'
import type { Party } from '../../domain/stripe/facts'

/**
 * Returns the id of a customer or guest in `stripe_objects`. Test mode has separate ids, even for the same email address.
 * @param payment identifies a guest without an email address, since two guests may have the same name
 */
export function stripeCustomerId(
  { test }: StripeEvent,
  { customerId, email }: Pick<Party, 'customerId' | 'email'>,
  payment = '',
): string {
  const id = customerId ?? `guest:${email ? addressKey(email) : payment}`
  return test ? `test:${id}` : id
}
