import { findContact, findLivingContact, type StoredContact } from '../../db/contacts'
import {
  claimStripeObject,
  type EventOutcome,
  findStripeObject,
  type StripeEvent,
  saveStripeCustomer,
} from '../../db/stripe'
import { type Contact, parseContact, type TypedContact, typeContact } from '../../domain/contact'
import { addressKey } from '../../domain/email-addresses'
import type { CustomerFact, Party } from '../../domain/stripe/facts'
import { archiveContact } from '../contacts/archive-contact'
import { createContact } from '../contacts/create-contact'
import { saveContact } from '../contacts/save-contact'
import type { Deps } from '../deps'

/** Keeps the contact of a customer as Stripe has it, and leaves alone what was written here by hand. */
export async function processCustomer(
  deps: Deps,
  { accountId, happenedAt }: StripeEvent,
  { deleted, party }: CustomerFact,
): Promise<EventOutcome> {
  const before = await findStripeObject(deps.db, accountId, party.customerId)
  // Told out of order: what is known is newer.
  if (before?.facts && before.at > happenedAt)
    return { state: 'done', ...(before.targetId && { targetId: before.targetId }) }
  const targetId = await contactOf(deps, accountId, party, happenedAt)
  if (deleted) await archiveContact(deps, { accountId, id: targetId, archived: true })
  else await update(deps, accountId, targetId, before?.facts ?? null, party)
  await saveStripeCustomer(deps.db, { accountId, party, targetId, at: happenedAt })
  return { state: 'done', targetId }
}

/**
 * The contact of whoever paid: the customer's, or for a guest the one of that address; made when there is none yet.
 * @param payment names a guest without an address: a name alone may be another's
 * @returns its id, or undefined when Stripe knows neither customer nor address nor name
 */
export async function contactOfParty(
  deps: Deps,
  accountId: string,
  party: Party,
  payment: string,
  at: number,
): Promise<string | undefined> {
  if (party.customerId === null && !party.email && !party.name) return undefined
  return contactOf(deps, accountId, party, at, payment)
}

/** Says first which contact it is, then makes it, so that two who come at once make one. One that was merged is the one it became. */
async function contactOf(deps: Deps, accountId: string, party: Party, at: number, payment = ''): Promise<string> {
  const id = party.customerId ?? `guest:${party.email ? addressKey(party.email) : payment}`
  const targetId = await claimStripeObject(deps.db, { accountId, id, targetId: deps.newId('con'), at })
  const contact = contactFrom(party)
  await createContact(deps, { accountId, id: targetId, contact })
  return (await findLivingContact(deps.db, accountId, targetId))?.id ?? targetId
}

/** Only what Stripe itself changed is changed here; addresses only while they are the one that Stripe had told. */
async function update(deps: Deps, accountId: string, id: string, was: Party | null, is: Party): Promise<void> {
  const current = await findContact(deps.db, accountId, id)
  if (!current) return
  const merged = merge(current, was, is)
  const saved = await saveContact(deps, { accountId, id, version: current.version, contact: merged })
  if (!saved.ok && saved.reason === 'stale') await update(deps, accountId, id, was, is)
}

function merge(current: StoredContact, was: Party | null, is: Party): Contact {
  const typed = typeContact(current)
  const now = typeContact(contactFrom(is))
  const before = was ? typeContact(contactFrom(was)) : isOfPayment(current) ? typed : now
  const changed = (Object.keys(now) as (keyof TypedContact)[]).filter(
    (field) =>
      now[field] !== before[field] &&
      (field !== 'emails' || typed.emails === before.emails) &&
      // What a payment knew and the customer does not say stays.
      (was || (now[field] !== '' && field !== 'kind')),
  )
  const merged = parseContact({ ...typed, ...Object.fromEntries(changed.map((field) => [field, now[field]])) })
  return merged.ok ? merged.value : current
}

/** Made of a payment that came before its customer, and touched by nobody since. */
const isOfPayment = ({ version, source }: StoredContact): boolean => version === 1 && source === 'Stripe'

/** What can't stand in a contact is left out: Stripe checks less than an invoice needs. */
function contactFrom(party: Party): Contact {
  const typed: TypedContact = {
    kind: party.vatId ? 'company' : 'person',
    name: party.name || party.email || party.customerId || '',
    emails: party.email,
    lines: party.address.lines.join('\n'),
    postcode: party.address.postcode,
    town: party.address.town,
    region: party.address.region,
    country: party.address.country,
    vatId: party.vatId,
    language: party.language,
    currency: '',
    notes: '',
    externalId: party.customerId ?? '',
    source: 'Stripe',
  }
  const parsed = parseContact(typed)
  if (parsed.ok) return parsed.value
  const unusable = Object.fromEntries(Object.keys(parsed.problems).map((field) => [field, '']))
  const fixed = parseContact({
    ...typed,
    ...unusable,
    name: unusable.name === '' ? typed.name.slice(0, 200) : typed.name,
  })
  if (!fixed.ok) throw new Error('a contact from Stripe can’t be read')
  return fixed.value
}
