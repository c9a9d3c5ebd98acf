import type { ContactField } from '../../domain/contact'
import type { Key } from '../../i18n'

/** Labels of a contact's fields, for forms and for the header of an export. */
export const CONTACT_LABELS: Record<ContactField, Key> = {
  kind: 'contact.kind',
  name: 'contact.name',
  emails: 'contact.emails',
  lines: 'contact.lines',
  postcode: 'contact.postcode',
  town: 'contact.town',
  region: 'contact.region',
  country: 'contact.country',
  vatId: 'contact.vat_id',
  language: 'contact.language',
  currency: 'contact.currency',
  notes: 'contact.notes',
  externalId: 'contact.external_id',
  source: 'contact.source',
}
