import { addressLines } from '../../domain/address'
import type { Contact } from '../../domain/contact'
import type { MergeField } from '../../domain/contact-merge'
import type { Key, Language, Translate } from '../../i18n'
import { countryName, currencyName, languageName } from '../../i18n/format'

/** Labels of the choices of a merge. */
export const MERGE_LABELS: Record<MergeField | 'emails', Key> = {
  kind: 'contact.kind',
  name: 'contact.name',
  address: 'contact.address',
  vatId: 'contact.vat_id',
  language: 'contact.language',
  currency: 'contact.currency',
  notes: 'contact.notes',
  origin: 'contact.external_id',
  emails: 'contact.emails',
}

/** Returns a contact's value of a field as lines; an empty value has none. */
export function mergeValue(field: MergeField, contact: Contact, t: Translate, language: Language): string[] {
  const { address, vatId, currency, notes, externalId, source } = contact
  const lines: Record<MergeField, string[]> = {
    kind: [t(`contact.kind.${contact.kind}`)],
    name: [contact.name],
    address: [...addressLines(address), address.country && countryName(address.country, language)],
    vatId: [vatId],
    language: [contact.language && languageName(contact.language, language)],
    currency: [currency && `${currency} – ${currencyName(currency, language)}`],
    notes: notes.split('\n'),
    origin: [externalId, source],
  }
  return lines[field].filter((line) => line !== '')
}

/** Returns the labels of the fields in `?stayed=`, and ignores other values. */
export const stayedLabels = (query: string | undefined, t: Translate): string[] =>
  (query ?? '')
    .split(' ')
    .filter((field): field is keyof typeof MERGE_LABELS => Object.hasOwn(MERGE_LABELS, field))
    .map((field) => t(MERGE_LABELS[field]))
