import { findDailyUse, isOverQuota } from '../db/quota'
import { type Quota, quotaDay, quotaReached, quotaResetsAt } from '../domain/quota'
import type { Refused } from '../domain/result'
import type { Deps } from './deps'

/** The quota of the day on which mails would leave, as it stands now. */
export async function loadQuota(deps: Deps, accountId: string, leavesAt: number, timeZone: string): Promise<Quota> {
  const day = quotaDay(leavesAt, timeZone)
  return { ...(await findDailyUse(deps.db, accountId, day)), resetsAt: quotaResetsAt(day, timeZone) }
}

/** Runs a batch that counts mails: where they are too many for their day nothing of it has happened, and the refusal says so. */
export async function refuseOverQuota<T>(
  deps: Deps,
  mails: { accountId: string; leavesAt: number; timeZone: string },
  run: () => Promise<T>,
): Promise<T | Refused<'quota_reached'>> {
  try {
    return await run()
  } catch (error) {
    if (!isOverQuota(error)) throw error
    return quotaReached(await loadQuota(deps, mails.accountId, mails.leavesAt, mails.timeZone))
  }
}
