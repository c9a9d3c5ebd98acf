/** Limits how much an account's Stripe events can store, since with the signing secret one could fill the bucket. */
import { sql } from 'drizzle-orm'
import type { Db } from './client'

const HOUR_MS = 3_600_000

/** Takes bytes from an account's budget for the hour of `now` (epoch ms). Returns false when less is left. */
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
