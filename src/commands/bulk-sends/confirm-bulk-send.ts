import { findAccount } from '../../db/accounts'
import { type BulkRef, findBulkSend, markConfirmed } from '../../db/bulk-sends'
import { countGoing } from '../../domain/bulk-send'
import { sendBlocker } from '../../domain/readiness'
import { ok, type Result, refuse } from '../../domain/result'
import { dueAtOf } from '../../domain/schedule'
import type { Deps } from '../deps'
import { continueBulkSend } from './continue-bulk-send'

export type ConfirmBulkRefusal =
  | 'not_found'
  | 'bulk_not_ready'
  | 'bulk_nothing_goes'
  | 'company_incomplete'
  | 'reply_address_unconfirmed'
  | 'sending_rests'

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
  const blocker = sendBlocker(account, bulk.test)
  if (blocker) return refuse(blocker)
  if (account.restingAt !== null && !bulk.test) return refuse('sending_rests')
  if (countGoing(bulk.tally, leftOut).documents === 0) return refuse('bulk_nothing_goes')
  const at = deps.now()
  await markConfirmed(deps.db, ref, { leftOut, at, by: userId, dueAt: dueAtOf(account.settings, at) })
  await continueBulkSend(deps, ref, FIRST_STEPS)
  return ok(null)
}
