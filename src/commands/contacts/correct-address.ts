import { likelyAddress } from '../../domain/email-typos'
import { ok, type Result } from '../../domain/result'
import type { Deps } from '../deps'
import { changeContact } from './change-contact'

/**
 * Replaces a mistyped address of a contact by the likely one. A repeated request finds nothing to correct and succeeds.
 */
export async function correctAddress(
  deps: Deps,
  { accountId, id, address }: { accountId: string; id: string; address: string },
): Promise<Result<null, 'not_found' | 'busy' | 'external_id_taken'>> {
  const likely = likelyAddress(address) ?? address
  const changed = await changeContact(deps, { accountId, id }, (contact) => ({
    ...contact,
    emails: [...new Set(contact.emails.map((email) => (email === address ? likely : email)))],
  }))
  return changed.ok ? ok(null) : changed
}
