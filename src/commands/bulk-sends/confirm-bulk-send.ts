import { findAccount } from '../../db/accounts'
import { type BulkRef, findBulkSend } from '../../db/bulk-sends'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { type ConfirmRefusal, confirmCollected } from './confirm-step'
import { continueBulkSend } from './continue-bulk-send'

export type ConfirmBulkRefusal = 'not_found' | 'bulk_not_ready' | ConfirmRefusal

/** Steps done before the response; the page and the ticks do the rest. */
const FIRST_STEPS = 1

/**
 * Confirms a bulk send, so that exactly its collected documents are sent, except for the groups left out. A repeated
 * request succeeds and changes nothing, even if it leaves out other groups.
 */
export async function confirmBulkSend(
  deps: Deps,
  { userId, leftOut, ...ref }: BulkRef & { userId: string; leftOut: number },
): Promise<Result<null, ConfirmBulkRefusal>> {
  const [bulk, account] = await Promise.all([findBulkSend(deps.db, ref), findAccount(deps.db, ref.accountId)])
  if (!bulk || !account) return refuse('not_found')
  if (bulk.confirmedAt !== null) return ok(null)
  if (bulk.state !== 'ready') return refuse('bulk_not_ready')
  const done = await confirmCollected(deps, bulk, account, { userId, leftOut })
  if (!done.ok) return done
  await continueBulkSend(deps, ref, FIRST_STEPS)
  return ok(null)
}
