import { type Contact, parseContact, type TypedContact, typeContact } from '../contact'
import { cleanLine } from '../text'
import type { Party } from './facts'
import { isStripeId } from './stripe-id'

const MAX_NAME_CHARS = 200

/** Returns a contact with Stripe's data. Invalid fields are left empty, since Stripe checks less than an invoice needs. */
export function contactFromParty(party: Party): Contact {
  const { address } = party
  const typed: TypedContact = {
    kind: party.vatId ? 'company' : 'person',
    name: nameOf(party),
    emails: party.email,
    lines: address.lines.join('\n'),
    postcode: address.postcode,
    town: address.town,
    region: address.region,
    country: address.country,
    vatId: party.vatId,
    language: party.language,
    currency: '',
    notes: '',
    externalId: party.customerId ?? '',
    source: 'Stripe',
  }
  const parsed = parseContact(typed)
  if (parsed.ok) return parsed.value
  const { name: _, ...unusable } = Object.fromEntries(Object.keys(parsed.problems).map((field) => [field, '']))
  const usable = parseContact({ ...typed, ...unusable })
  if (!usable.ok) throw new Error('a contact from Stripe can’t be read')
  return usable.value
}

/** Returns the name, or an id until Stripe sends a name; no document is issued to an id (`missing.contact_name`). */
const nameOf = ({ name, email, customerId }: Party): string =>
  [name, email, customerId ?? ''].map((text) => cleanLine(text.slice(0, MAX_NAME_CHARS))).find((text) => text !== '') ??
  '?'

/** Fills empty fields of a contact with data of a later event. Existing values stay, since a person may have entered them. */
export function completedBy(contact: Contact, party: Party): Contact {
  const current = typeContact(contact)
  const fromStripe = typeContact(contactFromParty(party))
  const isUnnamed = isStripeId(current.name) || contact.emails.includes(current.name)
  const hasAddress = [current.lines, current.postcode, current.town].some((text) => text !== '')
  const { lines, postcode, town, region, country } = fromStripe
  const completed = parseContact({
    ...current,
    ...(isUnnamed && !isStripeId(fromStripe.name) && { name: fromStripe.name }),
    ...(!hasAddress && { lines, postcode, town, region, country: country || current.country }),
    ...(current.vatId === '' && fromStripe.vatId !== '' && { vatId: fromStripe.vatId, kind: fromStripe.kind }),
    emails: current.emails || fromStripe.emails,
    language: current.language || fromStripe.language,
  })
  return completed.ok ? completed.value : contact
}
