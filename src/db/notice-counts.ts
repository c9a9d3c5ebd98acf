/** Counts Facteur's own notices by account and kind. A row holds the latest day only. */
import { sql } from 'drizzle-orm'
import type { Db } from './client'

export interface CountedNotice {
  accountId: string
  kind: string
  /** ISO date. */
  day: string
  limit: number
}

/** Counts a notice in one statement, so that concurrent requests never exceed the limit. Returns false when the day's limit is reached. */
export async function countNotice(db: Db, { accountId, kind, day, limit }: CountedNotice): Promise<boolean> {
  const counted = await db.all(sql`
    INSERT INTO notice_counts (account_id, kind, day, used) VALUES (${accountId}, ${kind}, ${day}, 1)
    ON CONFLICT DO UPDATE SET used = iif(notice_counts.day = excluded.day, used + 1, 1), day = excluded.day
    WHERE notice_counts.day <> excluded.day OR used < ${limit}
    RETURNING used`)
  return counted.length > 0
}
