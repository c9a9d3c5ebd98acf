import { findDailyUse, isOverQuota } from '../../db/quota'
import { type Quota, quotaDay, quotaReached, quotaResetsAt } from '../../domain/quota'
import type { Refused } from '../../domain/result'
import type { Deps } from '../deps'

/** Mails that leave at the same time, live or of test mode. */
export interface Leaving {
  accountId: string
  leavesAt: number
  timeZone: string
  test: boolean
}

/** Loads the quota of the day on which the mails would leave, with its current use. */
export async function loadQuota(deps: Deps, { accountId, leavesAt, timeZone, test }: Leaving): Promise<Quota> {
  const use = await findDailyUse(deps.db, accountId, quotaDay(leavesAt, timeZone, test))
  return { ...use, resetsAt: quotaResetsAt(leavesAt, timeZone) }
}

/** Runs a batch that counts mails. If they exceed the quota of their day, the batch is rolled back and `quota_reached` returned. */
export async function refuseOverQuota<T>(
  deps: Deps,
  leaving: Leaving,
  run: () => Promise<T>,
): Promise<T | Refused<'quota_reached'>> {
  try {
    return await run()
  } catch (error) {
    if (!isOverQuota(error)) throw error
    return quotaReached(await loadQuota(deps, leaving))
  }
}
