/** Merges two contacts of one customer: which value of each field wins, and how the merge is undone. */
import type { Contact } from './contact'
import { addressKey, MAX_EMAILS } from './email-addresses'
import { ok, type Result, refuse } from './result'

export const MERGE_UNDO_MS = 30 * 86_400_000

/** Fields that a person chooses between; values that only make sense together are one choice. E-mail addresses are united instead. */
export const MERGE_FIELDS = ['kind', 'name', 'address', 'vatId', 'language', 'currency', 'notes', 'origin'] as const
export type MergeField = (typeof MERGE_FIELDS)[number]

export type Winner = 'kept' | 'other'

export interface MergeChoices {
  winners: Record<MergeField, Winner>
  emails: string[]
}

/** The data that undoing a merge needs. */
export interface MergeRecord {
  /** The contact that stayed, before and after the merge. */
  before: Contact
  after: Contact
  /** When the other contact had been archived before the merge, epoch ms; null = it was not. */
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

/** Returns whether two contacts differ in a field. */
export const differIn = (field: MergeField, a: Contact, b: Contact): boolean =>
  JSON.stringify(textsOf(field, a)) !== JSON.stringify(textsOf(field, b))

/** Returns the addresses of both contacts, those of the one that stays first. */
export const unitedEmails = (kept: Contact, other: Contact): string[] => {
  const byKey = new Map([...other.emails, ...kept.emails].map((email) => [addressKey(email), email]))
  const keys = new Set([...kept.emails, ...other.emails].map(addressKey))
  return [...keys].map((key) => byKey.get(key) ?? key)
}

/** Returns whether the other contact has what is missing here. A country alone is no address: forms fill it in automatically. */
function isFilledBy(field: MergeField, kept: Contact, other: Contact): boolean {
  if (field !== 'address') return isEmptyIn(field, kept)
  const place = (contact: Contact) => isEmptyIn('address', withoutCountry(contact))
  return isEmptyIn('address', kept) || (place(kept) && !place(other))
}

const withoutCountry = (contact: Contact): Contact => ({ ...contact, address: { ...contact.address, country: '' } })

/** Suggests choices: the contact that stays wins, except where its field is empty; of the addresses, the first `MAX_EMAILS`. */
export function defaultChoices(kept: Contact, other: Contact): MergeChoices {
  const winners = MERGE_FIELDS.map((field) => [field, isFilledBy(field, kept, other) ? 'other' : 'kept'] as const)
  return {
    winners: Object.fromEntries(winners) as Record<MergeField, Winner>,
    emails: unitedEmails(kept, other).slice(0, MAX_EMAILS),
  }
}

/** Merges the two contacts. Chosen addresses that neither of them has are left out. */
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
 * Restores the contact that stayed to what it was before the merge, except the fields that were changed since; those are listed in
 * `changed`. Only the addresses that the merge added are removed, so merges into one contact may be undone in any order.
 */
export function separatedContact(
  current: Contact,
  { before, after }: MergeRecord,
): { contact: Contact; changed: (MergeField | 'emails')[] } {
  const changed = MERGE_FIELDS.filter((field) => differIn(field, current, after))
  const restored = MERGE_FIELDS.filter((field) => !changed.includes(field)).map((field) => PARTS[field](before))
  const emailsChanged = current.emails.join() !== after.emails.join()
  const emails = emailsChanged ? withoutMerged(current.emails, before.emails, after.emails) : before.emails
  return {
    contact: { ...contactOf(current), ...Object.assign({}, ...restored), emails },
    // A field that the merge did not change had nothing to restore.
    changed: [
      ...changed.filter((field) => differIn(field, before, after)),
      ...(emailsChanged && before.emails.join() !== after.emails.join() ? (['emails'] as const) : []),
    ],
  }
}

/** Returns the current addresses without those that the merge added, and with those that it removed. */
function withoutMerged(current: string[], before: string[], after: string[]): string[] {
  const keysOf = (emails: string[]) => new Set(emails.map(addressKey))
  const [beforeKeys, afterKeys, currentKeys] = [keysOf(before), keysOf(after), keysOf(current)]
  const kept = current.filter((email) => beforeKeys.has(addressKey(email)) || !afterKeys.has(addressKey(email)))
  const restored = before.filter((email) => !afterKeys.has(addressKey(email)) && !currentKeys.has(addressKey(email)))
  return [...kept, ...restored].slice(0, MAX_EMAILS)
}

/** Returns the fields of a contact, without those that only a stored row has. */
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
