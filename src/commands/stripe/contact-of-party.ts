import { findStripeObject, type StripeEvent, saveStripeCustomer } from '../../db/stripe'
import { completedBy } from '../../domain/stripe/contact-from-party'
import type { Party } from '../../domain/stripe/facts'
import { cleanLine } from '../../domain/text'
import type { Deps } from '../deps'
import { claimStripeContact } from './claim-stripe-contact'
import { completeContact } from './complete-contact'
import { fetchStripeCustomer } from './fetch-stripe-customer'
import { stripeCustomerId } from './stripe-customer-id'

export interface StripeBuyer {
  /** Undefined when Stripe knows neither customer nor address nor name. */
  contactId: string | undefined
  /** The customer's tax status: 'reverse' charge, 'exempt', 'none', or empty if Stripe does not say. */
  taxExempt: string
}

/**
 * Finds the contact of the payer, creates it when there is none yet, and completes it with data of the payment. A guest is
 * found by the email address.
 */
export async function contactOfParty(
  deps: Deps,
  event: StripeEvent,
  party: Party,
  { payment, at }: { payment: string; at: number },
): Promise<StripeBuyer> {
  const { accountId, test } = event
  const isKnown = party.customerId !== null || cleanLine(party.email + party.name) !== ''
  if (!isKnown) return { contactId: undefined, taxExempt: party.taxExempt ?? '' }
  const id = stripeCustomerId(event, party, payment)
  const { targetId, facts } = (await findStripeObject(deps.db, accountId, id)) ?? {}
  const fetched = facts ? undefined : await fetchStripeCustomer(deps, event, party.customerId)
  const contactId = await claimStripeContact(deps, { accountId, id, party: fetched ?? party, at, test })
  if (fetched)
    await saveStripeCustomer(deps.db, {
      accountId,
      id,
      party: fetched,
      targetId: targetId ?? contactId,
      at: event.happenedAt,
    })
  await completeContact(deps, { accountId, id: contactId }, (current) => {
    if (current.source !== 'Stripe') return current
    return completedBy(fetched ? completedBy(current, fetched) : current, party)
  })
  return { contactId, taxExempt: party.taxExempt || (fetched ?? facts)?.taxExempt || '' }
}
