/**
 * Reads and fills a contact's form, on a separate page or inside another form, where its fields are `<prefix>name`,
 * `<prefix>emails` …
 */
import { CONTACT_FIELDS, type Contact, parseContact, type TypedContact, typeContact } from '../../domain/contact'
import type { Translate } from '../../i18n'
import type { FormState, FormValues } from '../ui/form-state'
import { refusalText } from '../ui/refusal-text'

/**
 * Parses a contact's form. Returns the contact, or the form to show again: what was typed, with an error under each
 * invalid field.
 */
export function parseContactForm(
  typed: FormValues,
  t: Translate,
  prefix = '',
): { ok: true; value: Contact } | ({ ok: false } & FormState) {
  const fields = CONTACT_FIELDS.map((field) => [field, typed[prefix + field] ?? ''])
  const parsed = parseContact(Object.fromEntries(fields) as TypedContact)
  if (parsed.ok) return parsed
  const errors = Object.entries(parsed.problems).map(([field, problems]) => [
    prefix + field,
    problems.map((problem) => refusalText(t, problem)).join(' '),
  ])
  return { ok: false, values: typed, errors: Object.fromEntries(errors) }
}

/** Returns the form of a stored contact. */
export const contactFormOf = (contact: Contact): FormState => ({ values: typeContact(contact), errors: {} })

/** Returns the form of a new contact, with the merchant's country, where most customers are. */
export const newContactForm = (country: string, prefix = ''): FormState => ({
  values: { [`${prefix}kind`]: 'company', [`${prefix}country`]: country },
  errors: {},
})
