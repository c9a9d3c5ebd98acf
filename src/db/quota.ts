/** The count of mails by account and day. Rows of days gone by stay: one a day. */
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client'
import { type SendScope, waitingOf } from './deliveries'
import { accounts, dailySends } from './schema'

/** What leaves on a day, and what may. */
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
 * For a batch, right after the statement that inserts deliveries: counts as many as that one made.
 * More than `limit` ends the whole transaction, which `isOverQuota` tells from other failures; so two sends at once never exceed it.
 */
export const countMails = (accountId: string, day: string, limit: number): SQL => sql`
  INSERT INTO daily_sends (account_id, day, used)
  SELECT ${accountId}, ${day}, ${withinLimit(sql`changes()`, limit)} WHERE changes() > 0
  ON CONFLICT DO UPDATE SET used = ${withinLimit(sql`daily_sends.used + excluded.used`, limit)}`

/** NULL, which the column does not take, where it is too many. */
const withinLimit = (used: SQL, limit: number): SQL => sql`CASE WHEN ${used} <= ${limit} THEN ${used} END`

export const isOverQuota = (error: unknown): boolean =>
  String(error).includes('NOT NULL constraint failed: daily_sends.used')

/** For a batch, before the statement that takes back what waits of a send: as many may leave on that day again. */
export const giveBackMails = (send: SendScope): SQL => sql`
  UPDATE daily_sends SET used = max(0, used - ${countOf(send)})
  WHERE account_id = ${send.accountId} AND day = ${countedOn(send)}`

/** For a batch, before the statement that moves what waits of a send to another time: it counts for the day of that, if it may. */
export const moveCount = (send: SendScope, day: string, limit: number): SQL[] => [
  sql`${giveBackMails(send)} AND day <> ${day}`,
  sql`
    INSERT INTO daily_sends (account_id, day, used)
    SELECT ${send.accountId}, ${day}, ${withinLimit(sql`waiting.n`, limit)} FROM (SELECT ${countOf(send)} AS n) waiting
    WHERE waiting.n > 0 AND ${countedOn(send)} IS NOT ${day}
    ON CONFLICT DO UPDATE SET used = ${withinLimit(sql`daily_sends.used + excluded.used`, limit)}`,
]

const countOf = (send: SendScope): SQL => sql`(SELECT count(*) FROM deliveries WHERE ${waitingOf(send)})`

const countedOn = ({ accountId, sendId }: SendScope): SQL =>
  sql`(SELECT counted_on FROM sends WHERE account_id = ${accountId} AND id = ${sendId})`
