/** Counts of mails by account and day. Rows of past days are kept. */
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client'
import { type SendScope, waitingOf } from './deliveries'
import { accounts, dailySends } from './schema'

/** Returns an account's daily quota, and how much of it is used on a day. */
export async function findDailyUse(db: Db, accountId: string, day: string): Promise<{ limit: number; used: number }> {
  const row = await db
    .select({ limit: accounts.dailyQuota, used: dailySends.used })
    .from(accounts)
    .leftJoin(dailySends, and(eq(dailySends.accountId, accounts.id), eq(dailySends.day, day)))
    .where(eq(accounts.id, accountId))
    .get()
  return { limit: row?.limit ?? 0, used: row?.used ?? 0 }
}

/**
 * Counts the deliveries that the statement before it inserted. For a batch. More than `limit` ends the whole transaction, also for
 * concurrent sends; `isOverQuota` recognises that error.
 */
export const countMails = (accountId: string, day: string, limit: number): SQL => sql`
  INSERT INTO daily_sends (account_id, day, used)
  SELECT ${accountId}, ${day}, ${withinLimit(sql`changes()`, limit)} WHERE changes() > 0
  ON CONFLICT DO UPDATE SET used = ${withinLimit(sql`daily_sends.used + excluded.used`, limit)}`

/** Yields NULL, which violates the column's constraint, for a count above the limit. */
const withinLimit = (used: SQL, limit: number): SQL => sql`CASE WHEN ${used} <= ${limit} THEN ${used} END`

/** Reports whether a batch was ended by the quota. */
export const isOverQuota = (error: unknown): boolean =>
  String(error).includes('NOT NULL constraint failed: daily_sends.used')

/** Restores the quota of a send's waiting mails. For a batch, before the statement that cancels them. */
export const restoreQuota = (send: SendScope): SQL => sql`
  UPDATE daily_sends SET used = max(0, used - ${countOf(send)})
  WHERE account_id = ${send.accountId} AND day = ${countedOn(send)}`

/** Counts a send's waiting mails for another day, unless they exceed its limit. For a batch, before the statement that reschedules them. */
export const moveCount = (send: SendScope, day: string, limit: number): SQL[] => [
  sql`${restoreQuota(send)} AND day <> ${day}`,
  sql`
    INSERT INTO daily_sends (account_id, day, used)
    SELECT ${send.accountId}, ${day}, ${withinLimit(sql`waiting.n`, limit)} FROM (SELECT ${countOf(send)} AS n) waiting
    WHERE waiting.n > 0 AND ${countedOn(send)} IS NOT ${day}
    ON CONFLICT DO UPDATE SET used = ${withinLimit(sql`daily_sends.used + excluded.used`, limit)}`,
]

const countOf = (send: SendScope): SQL => sql`(SELECT count(*) FROM deliveries WHERE ${waitingOf(send)})`

const countedOn = ({ accountId, sendId }: SendScope): SQL =>
  sql`(SELECT counted_on FROM sends WHERE account_id = ${accountId} AND id = ${sendId})`
