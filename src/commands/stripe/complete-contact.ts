import { findContact, type StoredContact } from '../../db/contacts'
import { reopenEventsOfDrafts } from '../../db/stripe'
import type { Contact } from '../../domain/contact'
import { saveContact } from '../contacts/save-contact'
import type { Deps } from '../deps'

/**
 * Updates a contact with what Stripe knows of it. If that changes anything, retries the events whose drafts waited for it.
 * @param change returns the changed contact; called again when another request saved it in between
 */
export async function completeContact(
  deps: Deps,
  { accountId, id }: { accountId: string; id: string },
  change: (current: StoredContact) => Contact,
): Promise<void> {
  const current = await findContact(deps.db, accountId, id)
  if (!current) return
  const contact = change(current)
  const saved = await saveContact(deps, { accountId, id, version: current.version, contact })
  if (!saved.ok && saved.reason === 'stale') return completeContact(deps, { accountId, id }, change)
  const after = saved.ok ? await findContact(deps.db, accountId, id) : undefined
  if (after && after.version !== current.version) await reopenEventsOfDrafts(deps.db, accountId, id, deps.now())
}
