import { deleteUnusedContact } from '../../db/contact-deletion'
import { findContact } from '../../db/contacts'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

/** Deletes a contact that no document refers to. One that a document refers to can only be archived. */
export async function deleteContact(
  deps: Deps,
  { accountId, id }: { accountId: string; id: string },
): Promise<Result<null, 'not_found' | 'contact_has_documents'>> {
  const contact = await findContact(deps.db, accountId, id)
  if (!contact) return refuse('not_found')
  if (await deleteUnusedContact(deps.db, contact)) return ok(null)
  return refuse('contact_has_documents')
}
