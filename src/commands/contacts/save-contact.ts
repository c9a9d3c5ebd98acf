import { findContact, isExternalIdTaken, type StoredContact, updateContact } from '../../db/contacts'
import { CONTACT_FIELDS, type Contact, typeContact } from '../../domain/contact'
import type { Deps } from '../deps'

export type SavedContact =
  | { ok: true }
  | { ok: false; reason: 'not_found' | 'external_id_taken' }
  /** Another request saved after the form was opened; `current` is what is stored now. */
  | { ok: false; reason: 'stale'; current: StoredContact }

/**
 * Replaces a contact if it still has the `version` that the form was opened with. A repeated request finds its own
 * values stored and succeeds.
 * @param input `unique`: refuses a new external id that another contact has
 */
export async function saveContact(
  deps: Deps,
  input: { accountId: string; id: string; version: number; contact: Contact; unique?: boolean },
): Promise<SavedContact> {
  const current = await findContact(deps.db, input.accountId, input.id)
  // A forgotten contact is not filled again, and a merged one can't be edited.
  if (!current || current.forgottenAt !== null || current.mergedInto !== null) return { ok: false, reason: 'not_found' }
  if (isSame(current, input.contact)) return { ok: true }
  if (current.version !== input.version) return { ok: false, reason: 'stale', current }
  const { contact, unique = false } = input
  const uniqueId = unique && contact.externalId !== current.externalId ? contact.externalId : ''
  try {
    if (await updateContact(deps.db, current, contact, deps.now(), uniqueId)) return { ok: true }
  } catch (error) {
    if (isExternalIdTaken(error)) return { ok: false, reason: 'external_id_taken' }
    throw error
  }
  return saveContact(deps, input)
}

function isSame(stored: Contact, contact: Contact): boolean {
  const was = typeContact(stored)
  const is = typeContact(contact)
  const sameMetadata = !contact.metadata || JSON.stringify(stored.metadata) === JSON.stringify(contact.metadata)
  return sameMetadata && CONTACT_FIELDS.every((field) => was[field] === is[field])
}
