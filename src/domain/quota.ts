/** How many mails an account may send in a day. It stops whoever has stolen an account; the deployment's owner raises it. */
import { addDays, dateIn, startOfDate } from './calendar'
import { type Refused, refuse } from './result'

/** What an account begins with; `accounts.daily_quota` says what it has now. */
export const DEFAULT_DAILY_QUOTA = 200

const WARN_AT = 0.8

/** The quota of one day. */
export interface Quota {
  limit: number
  /** Mails that left on this day or wait to leave on it. */
  used: number
  /** Epoch ms: the next day begins, by the account's clock. */
  resetsAt: number
}

/**
 * Returns the zone whose days the quota counts: the account's first one. Another zone has another date at the same moment, so following
 * a change of it would begin a day, and a quota, anew.
 */
export const quotaZone = ({
  quotaZone,
  settings,
}: {
  quotaZone: string | null
  settings: { timeZone: string }
}): string => quotaZone ?? settings.timeZone

/**
 * The day that a mail counts for, which is the day on which it leaves, in the zone of `quotaZone`: '2026-11-24'. Test mails have a count of
 * their own ('2026-11-24:test'), so that a program that tries things does not stop the day's invoices.
 */
export const quotaDay = (leavesAt: number, timeZone: string, test: boolean): string =>
  test ? `${dateIn(leavesAt, timeZone)}:test` : dateIn(leavesAt, timeZone)

/** When the day after that of `leavesAt` begins, epoch ms. */
export function quotaResetsAt(leavesAt: number, timeZone: string): number {
  const next = addDays(dateIn(leavesAt, timeZone), 1)
  return startOfDate(next, timeZone) ?? Date.parse(`${next}T00:00:00Z`)
}

/** How many more mails may leave on this day: what a bulk send asks before it begins. */
export const quotaLeft = ({ limit, used }: Pick<Quota, 'limit' | 'used'>): number => Math.max(0, limit - used)

/** Little enough is left that people should hear of it. */
export const isQuotaLow = ({ limit, used }: Pick<Quota, 'limit' | 'used'>): boolean => used >= limit * WARN_AT

export const quotaReached = (quota: Quota): Refused<'quota_reached'> =>
  refuse('quota_reached', { limit: quota.limit, left: quotaLeft(quota), resetsAt: quota.resetsAt })
