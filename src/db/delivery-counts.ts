/** Counts of sent, delivered and failed mails by quarter of an hour, which the caller adds up to days in the account's time zone. */
import { sql } from 'drizzle-orm'
import { PROBLEM_STATUSES } from '../domain/problem'
import { type Db, jsonList } from './client'

export const SLOT_MS = 15 * 60_000

export interface DeliveryCount {
  kind: 'sent' | 'delivered' | 'failed'
  /** Epoch ms / `SLOT_MS`. */
  slot: number
  n: number
}

export interface DeliveryCounts {
  counts: DeliveryCount[]
  /** When the oldest counted delivery was created, epoch ms, if there are more than were counted. */
  cutAt?: number | undefined
}

/** Limits what a page reads, far above what most accounts send in a month. */
export const MAX_COUNTED = 5_000

/** Counts the latest `MAX_COUNTED` deliveries to customers with ids from `from` on. */
export async function countDeliveries(db: Db, accountId: string, from: string, test: boolean): Promise<DeliveryCounts> {
  const window = sql`SELECT id FROM deliveries INDEXED BY deliveries_account
    WHERE account_id = ${accountId} AND id >= ${from} ORDER BY id DESC`
  const failed = PROBLEM_STATUSES.filter((status) => status !== 'unknown')
  const counts = await db.all<DeliveryCount>(sql`
    WITH w AS MATERIALIZED (
      SELECT d.status, d.sent_at, d.delivered_at, d.ended_at FROM (${window} LIMIT ${MAX_COUNTED}) l
      CROSS JOIN deliveries d ON d.id = l.id AND d.purpose = 'customer'
      CROSS JOIN documents c ON c.account_id = ${accountId} AND c.id = d.document_id AND c.test = ${test ? 1 : 0})
    SELECT 'sent' AS kind, sent_at / ${SLOT_MS} AS slot, count(*) AS n FROM w WHERE sent_at IS NOT NULL GROUP BY 2
    UNION ALL
    SELECT 'delivered', delivered_at / ${SLOT_MS}, count(*) FROM w WHERE delivered_at IS NOT NULL GROUP BY 2
    UNION ALL
    SELECT 'failed', ended_at / ${SLOT_MS}, count(*) FROM w
    WHERE ended_at IS NOT NULL AND status IN (SELECT value FROM json_each(${jsonList(failed)})) GROUP BY 2`)
  const cut = await db.get<{ createdAt: number }>(sql`
    SELECT d.created_at AS createdAt FROM (${window} LIMIT 1 OFFSET ${MAX_COUNTED}) l CROSS JOIN deliveries d ON d.id = l.id`)
  return { counts, cutAt: cut?.createdAt }
}
