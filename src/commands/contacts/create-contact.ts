import { insertContact } from '../../db/contacts'
import type { Contact } from '../../domain/contact'
import type { Deps } from '../deps'

/** Adds a contact under the id that its form carries, so that a form sent twice adds one contact. Returns the id. */
export async function createContact(
  deps: Deps,
  { accountId, id, contact }: { accountId: string; id: string; contact: Contact },
): Promise<string> {
  await insertContact(deps.db, accountId, id, contact, deps.now())
  return id
}
