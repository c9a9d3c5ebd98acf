import { countNotice } from '../../db/notice-counts'
import { NOTICE_BUDGETS, type NoticeBudget, noticeDay, noticeLimitReached } from '../../domain/notice-budget'
import type { Refused } from '../../domain/result'
import type { Deps } from '../deps'

/**
 * Counts one mail that Facteur is about to write for an account, before anything is written or sent for it. Refused with
 * `notice_limit` when the daily limit of its kind is reached. A mail that fails later stays counted.
 */
export async function meterNotice(
  deps: Deps,
  accountId: string,
  kind: NoticeBudget,
): Promise<Refused<'notice_limit'> | undefined> {
  const counted = { accountId, kind, day: noticeDay(deps.now()), limit: NOTICE_BUDGETS[kind] }
  return (await countNotice(deps.db, counted)) ? undefined : noticeLimitReached(kind)
}
