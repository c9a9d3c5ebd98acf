import { findContact, type StoredContact } from '../../db/contacts'
import type { Contact } from '../../domain/contact'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { retryStale } from '../retry-stale'
import { saveContact } from './save-contact'

/**
 * Changes a contact from its current state. Returns the contact as it was before.
 * @param change called again when another request saved the contact in between
 * @param unique refuses a new external id that another contact has
 */
export const changeContact = (
  deps: Deps,
  { accountId, id }: { accountId: string; id: string },
  change: (current: StoredContact) => Contact,
  unique = false,
): Promise<Result<StoredContact, 'not_found' | 'busy' | 'external_id_taken'>> =>
  retryStale(async () => {
    const current = await findContact(deps.db, accountId, id)
    if (!current) return refuse('not_found')
    const saved = await saveContact(deps, { accountId, id, version: current.version, contact: change(current), unique })
    if (saved.ok) return ok(current)
    return saved.reason === 'stale' ? undefined : refuse(saved.reason)
  })
