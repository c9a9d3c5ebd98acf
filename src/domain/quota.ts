/**
 * Limits the mails that an account may send in a day, so that a stolen account can't send many. The deployment's
 * owner can raise the limit.
 */
import { addDays, dateIn, startOfDate } from './calendar'
import { type Refused, refuse } from './result'

/** The quota of a new account; `accounts.daily_quota` stores the current one. */
export const DEFAULT_DAILY_QUOTA = 200

const WARN_AT = 0.8

/** The quota of one day. */
export interface Quota {
  limit: number
  /** Mails that left on this day or wait to leave on it. */
  used: number
  /** Start of the next day in the account's quota zone, epoch ms. */
  resetsAt: number
}

/**
 * Returns the zone whose days the quota counts: the account's first time zone. Another zone has another date at the
 * same moment, so following a change would start a new day, and a new quota.
 */
export const quotaZone = ({
  quotaZone,
  settings,
}: {
  quotaZone: string | null
  settings: { timeZone: string }
}): string => quotaZone ?? settings.timeZone

/**
 * Returns the day on which a mail leaves, in `quotaZone`: '2026-11-24'. Test mails are counted separately
 * ('2026-11-24:test'), so that tests don't use up the quota of invoices.
 */
export const quotaDay = (leavesAt: number, timeZone: string, test: boolean): string =>
  test ? `${dateIn(leavesAt, timeZone)}:test` : dateIn(leavesAt, timeZone)

/** Returns the start of the day after that of `leavesAt`, epoch ms. */
export function quotaResetsAt(leavesAt: number, timeZone: string): number {
  const next = addDays(dateIn(leavesAt, timeZone), 1)
  return startOfDate(next, timeZone) ?? Date.parse(`${next}T00:00:00Z`)
}

/** Returns how many more mails may leave on this day. */
export const quotaLeft = ({ limit, used }: Pick<Quota, 'limit' | 'used'>): number => Math.max(0, limit - used)

/** Returns true if so little is left that pages should warn. */
export const isQuotaLow = ({ limit, used }: Pick<Quota, 'limit' | 'used'>): boolean => used >= limit * WARN_AT

export const quotaReached = (quota: Quota): Refused<'quota_reached'> =>
  refuse('quota_reached', { limit: quota.limit, left: quotaLeft(quota), resetsAt: quota.resetsAt })
