import { findContact, markContactArchived } from '../../db/contacts'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

/**
 * Archives a contact, which hides it in lists and pickers, or restores it. Its documents don't change. A repeated
 * request changes nothing.
 */
export async function archiveContact(
  deps: Deps,
  { accountId, id, archived }: { accountId: string; id: string; archived: boolean },
): Promise<Result<true, 'not_found'>> {
  const changed = await markContactArchived(deps.db, accountId, id, archived ? deps.now() : null)
  if (changed || (await findContact(deps.db, accountId, id))) return ok(true)
  return refuse('not_found')
}
