import { findAccount, type StoredAccount } from '../../db/accounts'
import { markConfirmed, markRefused, type StoredBulkSend } from '../../db/bulk-sends'
import { countGoing } from '../../domain/bulk-send'
import { sendBlocker } from '../../domain/readiness'
import { ok, type Result, refuse } from '../../domain/result'
import { dueAtOf } from '../../domain/schedule'
import type { Deps } from '../deps'

export type ConfirmRefusal =
  | 'bulk_nothing_goes'
  | 'company_incomplete'
  | 'reply_address_unconfirmed'
  | 'sending_rests'
  | 'account_closing'

/** Confirms a bulk send that a program asked for, or records why it can't be. Nobody answers for it, so it is refused while the account is closing. */
export async function confirmStep(deps: Deps, bulk: StoredBulkSend): Promise<void> {
  const account = await findAccount(deps.db, bulk.accountId)
  if (!account) return
  const { leftOut, createdBy: userId } = bulk
  const done =
    account.closingAt === null
      ? await confirmCollected(deps, bulk, account, { userId, leftOut })
      : refuse('account_closing')
  if (!done.ok) await markRefused(deps.db, bulk, done.reason)
}

/** Confirms a bulk send whose documents are collected, unless the account may not send or nothing would be sent. */
export async function confirmCollected(
  deps: Deps,
  bulk: StoredBulkSend,
  account: StoredAccount,
  { userId, leftOut }: { userId: string; leftOut: number },
): Promise<Result<null, ConfirmRefusal>> {
  const blocker = sendBlocker(account, bulk.test)
  if (blocker) return refuse(blocker)
  if (account.restingAt !== null && !bulk.test) return refuse('sending_rests')
  if (countGoing(bulk.tally, leftOut).documents === 0) return refuse('bulk_nothing_goes')
  const at = deps.now()
  await markConfirmed(deps.db, bulk, { leftOut, at, by: userId, dueAt: dueAtOf(account.settings, at) })
  return ok(null)
}
