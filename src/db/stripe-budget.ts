/** How much an account's Stripe may store: whoever has the signing secret could otherwise fill the bucket. */
import { sql } from 'drizzle-orm'
import type { Db } from './client'

const HOUR_MS = 3_600_000

/** Takes bytes from what an account may store in the hour of `now` (epoch ms). False when less than that is left. */
export async function takeStripeBudget(
  db: Db,
  accountId: string,
  { bytes, most, now }: { bytes: number; most: number; now: number },
): Promise<boolean> {
  const rows = await db.all(sql`
    INSERT INTO stripe_budgets (account_id, hour, bytes) VALUES (${accountId}, ${Math.floor(now / HOUR_MS)}, ${bytes})
    ON CONFLICT (account_id) DO UPDATE SET
      bytes = iif(hour = excluded.hour, bytes + excluded.bytes, excluded.bytes), hour = excluded.hour
    WHERE hour <> excluded.hour OR bytes + excluded.bytes <= ${most}
    RETURNING account_id`)
  return rows.length > 0
}
