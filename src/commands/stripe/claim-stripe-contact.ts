import { findLivingContact } from '../../db/contacts'
import { claimStripeObject } from '../../db/stripe'
import { contactFromParty } from '../../domain/stripe/contact-from-party'
import type { Party } from '../../domain/stripe/facts'
import { createContact } from '../contacts/create-contact'
import type { Deps } from '../deps'

/**
 * Says first which contact a customer or guest is, then makes it, so that two who come at once make one.
 * @returns its id; of one that was merged, the one it became
 */
export async function claimStripeContact(
  deps: Deps,
  { accountId, id, party, at, test }: { accountId: string; id: string; party: Party; at: number; test: boolean },
): Promise<string> {
  const targetId = await claimStripeObject(deps.db, { accountId, id, targetId: deps.newId('con'), at })
  // A test customer is nobody to write to: out of lists and pickers, until a person takes it out of the archive.
  await createContact(deps, { accountId, id: targetId, contact: contactFromParty(party), archived: test })
  return (await findLivingContact(deps.db, accountId, targetId))?.id ?? targetId
}
