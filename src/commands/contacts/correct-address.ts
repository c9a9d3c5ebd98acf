import { findContact } from '../../db/contacts'
import { likelyAddress } from '../../domain/email-typos'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { saveContact } from './save-contact'

/**
 * Replaces a mistyped address of a contact by the likely one. A repeated request finds nothing to correct and succeeds.
 */
export async function correctAddress(
  deps: Deps,
  { accountId, id, address }: { accountId: string; id: string; address: string },
): Promise<Result<null, 'not_found'>> {
  const contact = await findContact(deps.db, accountId, id)
  if (!contact) return refuse('not_found')
  const likely = likelyAddress(address)
  if (!likely || !contact.emails.includes(address)) return ok(null)
  const emails = [...new Set(contact.emails.map((email) => (email === address ? likely : email)))]
  const saved = await saveContact(deps, { accountId, id, version: contact.version, contact: { ...contact, emails } })
  if (saved.ok) return ok(null)
  return saved.reason === 'stale' ? correctAddress(deps, { accountId, id, address }) : refuse('not_found')
}
