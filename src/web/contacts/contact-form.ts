/** A contact's form, alone on its page or inside another form, where its fields are `<prefix>name`, `<prefix>emails` … */
import { CONTACT_FIELDS, type Contact, parseContact, type TypedContact, typeContact } from '../../domain/contact'
import type { Translate } from '../../i18n'
import type { FormState, FormValues } from '../ui/form-state'
import { refusalText } from '../ui/refusal-text'

/** The contact, or what to show again: what was typed and the sentences under each field that is wrong. */
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

/** A stored contact in its form. */
export const contactFormOf = (contact: Contact): FormState => ({ values: typeContact(contact), errors: {} })

/** The form of a new one. Most customers are where the merchant is. */
export const newContactForm = (country: string, prefix = ''): FormState => ({
  values: { [`${prefix}kind`]: 'company', [`${prefix}country`]: country },
  errors: {},
})
