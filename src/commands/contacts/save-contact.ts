import { findContact, type StoredContact, updateContact } from '../../db/contacts'
import { CONTACT_FIELDS, type Contact, typeContact } from '../../domain/contact'
import type { Deps } from '../deps'

export type SavedContact =
  | { ok: true }
  | { ok: false; reason: 'not_found' }
  /** Another request saved after the form was opened; `current` is what is stored now. */
  | { ok: false; reason: 'stale'; current: StoredContact }

/**
 * Replaces a contact if it still has the `version` that the form was opened with. A repeated request finds its own
 * values stored and succeeds.
 */
export async function saveContact(
  deps: Deps,
  input: { accountId: string; id: string; version: number; contact: Contact },
): Promise<SavedContact> {
  const current = await findContact(deps.db, input.accountId, input.id)
  // A forgotten contact is not filled again, and a merged one can't be edited.
  if (!current || current.forgottenAt !== null || current.mergedInto !== null) return { ok: false, reason: 'not_found' }
  if (isSame(current, input.contact)) return { ok: true }
  if (current.version !== input.version) return { ok: false, reason: 'stale', current }
  if (await updateContact(deps.db, current, input.contact, deps.now())) return { ok: true }
  return saveContact(deps, input)
}

function isSame(stored: Contact, contact: Contact): boolean {
  const was = typeContact(stored)
  const is = typeContact(contact)
  return CONTACT_FIELDS.every((field) => was[field] === is[field])
}
