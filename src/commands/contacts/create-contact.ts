import { insertContact, isExternalIdTaken } from '../../db/contacts'
import type { Contact } from '../../domain/contact'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

interface NewContact {
  accountId: string
  id: string
  contact: Contact
  /** Whether it begins outside of lists and pickers. */
  archived?: boolean
}

/** Adds a contact under the id that its form carries, so that a form sent twice adds one. Returns the id. */
export async function createContact(
  deps: Deps,
  { accountId, id, contact, archived = false }: NewContact,
): Promise<string> {
  const now = deps.now()
  await insertContact(deps.db, { accountId, id, archivedAt: archived ? now : null }, contact, now)
  return id
}

/** Adds a contact, unless another one has its external id. */
export async function createUniqueContact(
  deps: Deps,
  { accountId, id, contact, archived = false }: NewContact,
): Promise<Result<string, 'external_id_taken'>> {
  const now = deps.now()
  try {
    const archivedAt = archived ? now : null
    await insertContact(deps.db, { accountId, id, archivedAt }, contact, now, contact.externalId)
    return ok(id)
  } catch (error) {
    if (isExternalIdTaken(error)) return refuse('external_id_taken')
    throw error
  }
}
