import { insertContact } from '../../db/contacts'
import type { Contact } from '../../domain/contact'
import type { Deps } from '../deps'

/**
 * Adds a contact under the id that its form carries, so that a form sent twice adds one. Returns the id.
 * @param archived whether it begins outside of lists and pickers
 */
export async function createContact(
  deps: Deps,
  { accountId, id, contact, archived = false }: { accountId: string; id: string; contact: Contact; archived?: boolean },
): Promise<string> {
  const now = deps.now()
  await insertContact(deps.db, accountId, id, contact, now, archived ? now : null)
  return id
}
