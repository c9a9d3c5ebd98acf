import { runBatch } from '../../db/client'
import { insertStripeConnection } from '../../db/stripe'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/** Creates the address that Stripe calls for this account. A second call keeps the first address. */
export async function connectStripe(
  deps: Deps,
  { accountId, actor }: { accountId: string; actor: string },
): Promise<void> {
  await runBatch(deps.db, [
    insertStripeConnection(deps.db, accountId, deps.newToken(), deps.now()),
    auditEntry(deps, { accountId, actor, action: 'stripe_connected', subject: '', changes: [] }),
  ])
}
