/** The mails that Facteur writes itself, counted by account and kind: a row holds the latest day only. */
import { sql } from 'drizzle-orm'
import type { Db } from './client'

export interface CountedNotice {
  accountId: string
  kind: string
  /** ISO date. */
  day: string
  limit: number
}

/** Counts one more, unless the day's are used up: one statement, so that no number of requests at once exceeds them. True when it was counted. */
export async function countNotice(db: Db, { accountId, kind, day, limit }: CountedNotice): Promise<boolean> {
  const counted = await db.all(sql`
    INSERT INTO notice_counts (account_id, kind, day, used) VALUES (${accountId}, ${kind}, ${day}, 1)
    ON CONFLICT DO UPDATE SET used = iif(notice_counts.day = excluded.day, used + 1, 1), day = excluded.day
    WHERE notice_counts.day <> excluded.day OR used < ${limit}
    RETURNING used`)
  return counted.length > 0
}
