/** Describes and parses contacts, the customers of an account. */
import { MAX_ADDRESS_LINES } from './address'
import type { Address } from './company'
import { isCountry } from './countries'
import { isCurrency } from './currencies'
import { formatEmailAddresses, parseEmailAddresses } from './email-addresses'
import type { Metadata } from './metadata'
import { type Refused, refuse } from './result'
import { cleanLine, cleanText } from './text'
import { parseVatId } from './vat-id'

export interface Contact {
  kind: 'person' | 'company'
  name: string
  address: Address
  vatId: string
  /** BCP 47; empty = the account's. */
  language: string
  /** ISO 4217; empty = the account's. */
  currency: string
  /** At most `MAX_EMAILS` addresses, cleaned; empty when there is none yet. */
  emails: string[]
  notes: string
  /** The contact's id in the system that it came from (a shop, Stripe). */
  externalId: string
  /** The name of that system. */
  source: string
  /** Absent = unchanged; only the API sets it. */
  metadata?: Metadata
}

/** Fields of a contact's form: `lines` has one address line a line, `emails` is separated by commas. */
export const CONTACT_FIELDS = [
  'kind',
  'name',
  'emails',
  'lines',
  'postcode',
  'town',
  'region',
  'country',
  'vatId',
  'language',
  'currency',
  'notes',
  'externalId',
  'source',
] as const
export type ContactField = (typeof CONTACT_FIELDS)[number]
export type TypedContact = Record<ContactField, string>

/** Refusals by field; a field of several addresses may have several. */
export type ContactProblems = Partial<Record<ContactField, Refused[]>>

/** Most characters of a field; `lines` counts each line. `parseEmailAddresses` limits `emails`. */
export const CONTACT_MAX_CHARS = {
  name: 200,
  lines: 100,
  postcode: 20,
  town: 100,
  region: 100,
  vatId: 40,
  notes: 5000,
  externalId: 200,
  source: 100,
} as const satisfies Partial<Record<ContactField, number>>

/** Cleans and checks what was typed. Only the name is required: finalising an invoice checks what else it needs. */
export function parseContact(
  typed: TypedContact,
): { ok: true; value: Contact } | { ok: false; problems: ContactProblems } {
  const emails = parseEmailAddresses(typed.emails)
  const vatId = parseVatId(cleanLine(typed.vatId), typed.country)
  const contact: Contact = {
    kind: typed.kind === 'person' ? 'person' : 'company',
    name: cleanLine(typed.name),
    address: {
      lines: addressLines(typed.lines),
      postcode: cleanLine(typed.postcode),
      town: cleanLine(typed.town),
      region: cleanLine(typed.region),
      country: typed.country,
    },
    vatId: vatId.ok ? vatId.value : '',
    language: canonicalLanguage(typed.language) ?? '',
    currency: typed.currency,
    emails: emails.addresses,
    notes: cleanText(typed.notes),
    externalId: cleanLine(typed.externalId),
    source: cleanLine(typed.source),
  }
  const problems: [ContactField, Refused[]][] = [
    ['name', contact.name === '' ? [refuse('name_missing')] : []],
    ['emails', emails.problems],
    [
      'lines',
      contact.address.lines.length > MAX_ADDRESS_LINES ? [refuse('address_lines', { max: MAX_ADDRESS_LINES })] : [],
    ],
    ['country', typed.country !== '' && !isCountry(typed.country) ? [refuse('country_unknown')] : []],
    ['vatId', vatId.ok ? [] : [vatId]],
    ['language', canonicalLanguage(typed.language) === undefined ? [refuse('language_unknown')] : []],
    ['currency', typed.currency !== '' && !isCurrency(typed.currency) ? [refuse('currency_unknown')] : []],
    ...tooLong(contact),
  ]
  const found: ContactProblems = {}
  for (const [field, list] of problems) if (list.length > 0) found[field] = [...(found[field] ?? []), ...list]
  return Object.keys(found).length === 0 ? { ok: true, value: contact } : { ok: false, problems: found }
}

/** Returns a stored contact as the form shows it; parsed again it gives the same contact. */
export function typeContact(contact: Contact): TypedContact {
  const { address, emails } = contact
  const texts = { ...contact, ...address, lines: address.lines.join('\n'), emails: formatEmailAddresses(emails) }
  return Object.fromEntries(CONTACT_FIELDS.map((field) => [field, texts[field]])) as TypedContact
}

const addressLines = (typed: string): string[] =>
  cleanText(typed)
    .split('\n')
    .map(cleanLine)
    .filter((line) => line !== '')

function tooLong(contact: Contact): [ContactField, Refused[]][] {
  const texts = { ...contact, ...contact.address }
  return Object.entries(CONTACT_MAX_CHARS).map(([field, max]) => {
    const value = texts[field as keyof typeof CONTACT_MAX_CHARS]
    const longest = Math.max(...[value].flat().map((text) => text.length), 0)
    return [field as ContactField, longest > max ? [refuse('text_too_long', { max })] : []]
  })
}

/** Returns the canonical tag; '' for none, undefined for what is no BCP 47 tag. */
function canonicalLanguage(typed: string): string | undefined {
  if (typed === '') return ''
  try {
    return Intl.getCanonicalLocales(typed)[0]
  } catch {
    return undefined
  }
}
