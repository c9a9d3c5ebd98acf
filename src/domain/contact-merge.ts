/** Two contacts of one customer become one: which value of each field wins, and how it is taken back. */
import type { Contact } from './contact'
import { addressKey, MAX_EMAILS } from './email-addresses'
import { ok, type Result, refuse } from './result'

export const MERGE_UNDO_MS = 30 * 86_400_000

/** What a person chooses between; what only makes sense together is one choice. E-mail addresses are united instead. */
export const MERGE_FIELDS = ['kind', 'name', 'address', 'vatId', 'language', 'currency', 'notes', 'origin'] as const
export type MergeField = (typeof MERGE_FIELDS)[number]

export type Winner = 'kept' | 'other'

export interface MergeChoices {
  winners: Record<MergeField, Winner>
  emails: string[]
}

/** What it takes to take a merge back. */
export interface MergeRecord {
  /** What the contact that stayed said before and after. */
  before: Contact
  after: Contact
  /** Since when the contact that went was in the archive before. */
  archivedAt: number | null
}

const PARTS: Record<MergeField, (contact: Contact) => Partial<Contact>> = {
  kind: ({ kind }) => ({ kind }),
  name: ({ name }) => ({ name }),
  address: ({ address }) => ({ address }),
  vatId: ({ vatId }) => ({ vatId }),
  language: ({ language }) => ({ language }),
  currency: ({ currency }) => ({ currency }),
  notes: ({ notes }) => ({ notes }),
  origin: ({ externalId, source }) => ({ externalId, source }),
}

const textsOf = (field: MergeField, contact: Contact): string[] =>
  Object.values(PARTS[field](contact)).flatMap((value) =>
    typeof value === 'string' ? [value] : Object.values(value).flat(),
  )

const isEmptyIn = (field: MergeField, contact: Contact): boolean => textsOf(field, contact).every((text) => text === '')

/** Whether the two say different things there. */
export const differIn = (field: MergeField, one: Contact, other: Contact): boolean =>
  JSON.stringify(textsOf(field, one)) !== JSON.stringify(textsOf(field, other))

/** The addresses of both, those of the one that stays first. */
export const unitedEmails = (kept: Contact, other: Contact): string[] => {
  const byKey = new Map([...other.emails, ...kept.emails].map((email) => [addressKey(email), email]))
  const keys = new Set([...kept.emails, ...other.emails].map(addressKey))
  return [...keys].map((key) => byKey.get(key) ?? key)
}

/** Whether the other has what is missing here. A country alone, which a form fills in by itself, is no address. */
function isFilledBy(field: MergeField, kept: Contact, other: Contact): boolean {
  if (field !== 'address') return isEmptyIn(field, kept)
  const place = (contact: Contact) => isEmptyIn('address', withoutCountry(contact))
  return isEmptyIn('address', kept) || (place(kept) && !place(other))
}

const withoutCountry = (contact: Contact): Contact => ({ ...contact, address: { ...contact.address, country: '' } })

/** The one that stays wins, except where it says nothing; as many addresses as a contact may have. */
export function defaultChoices(kept: Contact, other: Contact): MergeChoices {
  const winners = MERGE_FIELDS.map((field) => [field, isFilledBy(field, kept, other) ? 'other' : 'kept'] as const)
  return {
    winners: Object.fromEntries(winners) as Record<MergeField, Winner>,
    emails: unitedEmails(kept, other).slice(0, MAX_EMAILS),
  }
}

/** What the two become. Addresses that neither has are left out. */
export function mergedContact(
  kept: Contact,
  other: Contact,
  { winners, emails }: MergeChoices,
): Result<Contact, 'merge_emails'> {
  const chosen = new Set(emails.map(addressKey))
  const united = unitedEmails(kept, other).filter((email) => chosen.has(addressKey(email)))
  if (united.length > MAX_EMAILS) return refuse('merge_emails', { max: MAX_EMAILS })
  const parts = MERGE_FIELDS.map((field) => PARTS[field](winners[field] === 'other' ? other : kept))
  return ok({ ...contactOf(kept), ...Object.assign({}, ...parts), emails: united })
}

/**
 * The contact that stayed as it was before, except where it was changed since; those fields are named. Of its addresses just those go
 * that the merge brought, so merges into one contact may be taken back in any order.
 */
export function separatedContact(
  current: Contact,
  { before, after }: MergeRecord,
): { contact: Contact; changed: (MergeField | 'emails')[] } {
  const changed = MERGE_FIELDS.filter((field) => differIn(field, current, after))
  const back = MERGE_FIELDS.filter((field) => !changed.includes(field)).map((field) => PARTS[field](before))
  const emailsChanged = current.emails.join() !== after.emails.join()
  const emails = emailsChanged ? withoutBrought(current.emails, before.emails, after.emails) : before.emails
  return {
    contact: { ...contactOf(current), ...Object.assign({}, ...back), emails },
    // Where nothing was to go back, nothing is missing.
    changed: [
      ...changed.filter((field) => differIn(field, before, after)),
      ...(emailsChanged && before.emails.join() !== after.emails.join() ? (['emails'] as const) : []),
    ],
  }
}

/** The addresses of today, less those that came with the merge, and with those that it took. */
function withoutBrought(today: string[], before: string[], after: string[]): string[] {
  const keysOf = (emails: string[]) => new Set(emails.map(addressKey))
  const [had, has, is] = [keysOf(before), keysOf(after), keysOf(today)]
  const stay = today.filter((email) => had.has(addressKey(email)) || !has.has(addressKey(email)))
  const back = before.filter((email) => !has.has(addressKey(email)) && !is.has(addressKey(email)))
  return [...stay, ...back].slice(0, MAX_EMAILS)
}

/** Of a stored one, without its own columns. */
export const contactOf = (contact: Contact): Contact => ({
  kind: contact.kind,
  name: contact.name,
  address: contact.address,
  vatId: contact.vatId,
  language: contact.language,
  currency: contact.currency,
  emails: contact.emails,
  notes: contact.notes,
  externalId: contact.externalId,
  source: contact.source,
})
