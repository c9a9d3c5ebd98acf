import { isNotNull, min } from 'drizzle-orm'
import type { Db } from './client'
import { deliveries } from './schema'

/** Epoch ms since when the longest waiting delivery has been due; reads only rows that are still in our hands. */
export async function findOldestDueAt(db: Db): Promise<number | undefined> {
  const row = await db
    .select({ dueAt: min(deliveries.dueAt) })
    .from(deliveries)
    .where(isNotNull(deliveries.dueAt))
    .get()
  return row?.dueAt ?? undefined
}
