import { runBatch } from '../../db/client'
import { deleteStripeConnection } from '../../db/stripe'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/** Deletes address and secrets, so that calls of Stripe get 404. Recorded events stay. */
export async function disconnectStripe(
  deps: Deps,
  { accountId, actor }: { accountId: string; actor: string },
): Promise<void> {
  await runBatch(deps.db, [
    deleteStripeConnection(deps.db, accountId),
    auditEntry(deps, { accountId, actor, action: 'stripe_disconnected', subject: '', changes: [] }),
  ])
}
