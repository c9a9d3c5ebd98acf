import { findContact, type StoredContact } from '../../db/contacts'
import { reopenEventsOfDrafts } from '../../db/stripe'
import type { Contact } from '../../domain/contact'
import { changeContact } from '../contacts/change-contact'
import type { Deps } from '../deps'

/**
 * Updates a contact with what Stripe knows of it. If that changes anything, retries the events whose drafts waited for it.
 * Throws when other requests keep changing the contact, so that the event is processed again later.
 * @param change returns the changed contact; called again when another request saved it in between
 */
export async function completeContact(
  deps: Deps,
  { accountId, id }: { accountId: string; id: string },
  change: (current: StoredContact) => Contact,
): Promise<void> {
  const changed = await changeContact(deps, { accountId, id }, change)
  if (!changed.ok && changed.reason === 'busy') throw new Error(`contact ${id} keeps changing`)
  const after = changed.ok ? await findContact(deps.db, accountId, id) : undefined
  if (changed.ok && after && after.version !== changed.value.version)
    await reopenEventsOfDrafts(deps.db, accountId, id, deps.now())
}
