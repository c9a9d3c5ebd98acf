import type { StoredContact } from '../../db/contacts'
import { type EventOutcome, findStripeObject, type StripeEvent, saveStripeCustomer } from '../../db/stripe'
import { type Contact, parseContact, type TypedContact, typeContact } from '../../domain/contact'
import { completedBy, contactFromParty } from '../../domain/stripe/contact-from-party'
import type { CustomerFact, Party } from '../../domain/stripe/facts'
import { archiveContact } from '../contacts/archive-contact'
import type { Deps } from '../deps'
import { claimStripeContact } from './claim-stripe-contact'
import { completeContact } from './complete-contact'
import { stripeCustomerId } from './stripe-customer-id'

/** Updates the contact of a customer with Stripe's data; values that a person entered stay. */
export async function processCustomer(
  deps: Deps,
  event: StripeEvent,
  { deleted, party: received }: CustomerFact,
): Promise<EventOutcome> {
  const { accountId, happenedAt, test } = event
  const id = stripeCustomerId(event, received)
  const before = await findStripeObject(deps.db, accountId, id)
  // The saved data is from a later event.
  if (before?.facts && before.at > happenedAt)
    return { state: 'done', ...(before.targetId && { targetId: before.targetId }) }
  const party = withKnownTaxIds(received, before?.facts ?? null)
  const targetId = await claimStripeContact(deps, { accountId, id, party, at: happenedAt, test })
  if (deleted) await archiveContact(deps, { accountId, id: targetId, archived: true })
  else
    await completeContact(deps, { accountId, id: targetId }, (current) => merge(current, before?.facts ?? null, party))
  await saveStripeCustomer(deps.db, { accountId, id, party, targetId, at: happenedAt })
  return { state: 'done', targetId }
}

/** Keeps the saved tax ids if the event has none: most events of a customer leave them out. */
const withKnownTaxIds = (received: Party, known: Party | null): Party =>
  received.taxIds || !known
    ? received
    : { ...received, vatId: known.vatId, ...(known.taxIds && { taxIds: known.taxIds }) }

/**
 * Returns the contact with the fields that changed at Stripe. E-mail addresses change only while they are still those
 * from Stripe.
 */
function merge(current: StoredContact, was: Party | null, is: Party): Contact {
  const typed = typeContact(current)
  const now = typeContact(contactFromParty(is))
  const before = was ? typeContact(contactFromParty(was)) : isOfPayment(current) ? typed : now
  const changed = (Object.keys(now) as (keyof TypedContact)[]).filter(
    (field) =>
      now[field] !== before[field] &&
      (field !== 'emails' || typed.emails === before.emails) &&
      // Values from a payment stay if the customer has none.
      (was || (now[field] !== '' && field !== 'kind')),
  )
  const merged = parseContact({ ...typed, ...Object.fromEntries(changed.map((field) => [field, now[field]])) })
  return completedBy(merged.ok ? merged.value : current, is)
}

/** Returns whether the contact was made of a payment that came before its customer, and is unchanged since. */
const isOfPayment = ({ version, source }: StoredContact): boolean => version === 1 && source === 'Stripe'
