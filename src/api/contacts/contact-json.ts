import type { InferInput } from 'valibot'
import type { StoredContact } from '../../db/contacts'
import { isoTime } from '../fields'
import type { ContactJson } from './contact-schemas'

/** Returns a contact as the API shows it. */
export const contactJson = (contact: StoredContact): InferInput<typeof ContactJson> => ({
  id: contact.id,
  kind: contact.kind,
  name: contact.name,
  emails: contact.emails,
  address: contact.address,
  vat_id: contact.vatId,
  language: contact.language,
  currency: contact.currency,
  notes: contact.notes,
  external_id: contact.externalId || null,
  source: contact.source,
  metadata: contact.metadata,
  archived: contact.archivedAt !== null,
  merged_into: contact.mergedInto,
  created_at: isoTime(contact.createdAt),
  updated_at: isoTime(contact.updatedAt),
})
