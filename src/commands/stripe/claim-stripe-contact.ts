import { findCurrentContact } from '../../db/contacts'
import { claimStripeObject } from '../../db/stripe'
import { contactFromParty } from '../../domain/stripe/contact-from-party'
import type { Party } from '../../domain/stripe/facts'
import { createContact } from '../contacts/create-contact'
import type { Deps } from '../deps'

/**
 * Claims the contact of a customer or guest, then creates it, so that two simultaneous events create only one.
 * @returns the contact's id; for a merged contact, the id of the one it was merged into
 */
export async function claimStripeContact(
  deps: Deps,
  { accountId, id, party, at, test }: { accountId: string; id: string; party: Party; at: number; test: boolean },
): Promise<string> {
  const targetId = await claimStripeObject(deps.db, { accountId, id, targetId: deps.newId('con'), at })
  // A test customer gets no mail, so it stays out of lists and pickers until a person restores it.
  await createContact(deps, { accountId, id: targetId, contact: contactFromParty(party), archived: test })
  return (await findCurrentContact(deps.db, accountId, targetId))?.id ?? targetId
}
