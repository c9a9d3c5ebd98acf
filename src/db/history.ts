import { type SQL, sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'
import { readJson } from './read-json'
import { HISTORY_DATA } from './stored-shapes'

/** Types of History rows. `history.<type>` in the locales is the sentence for each. */
export const HISTORY_TYPES = [
  'retry',
  'link_only',
  'deferred',
  'bounced',
  'soft_bounced',
  'dropped',
  'failed',
  'unknown',
  'complained',
  'unsubscribed',
  'resubscribed',
  'sent_despite',
  'cancelled',
  'stopped',
  'rescheduled',
  'viewed',
  'downloaded',
  'fresh_link',
  'links_revoked',
  'paid',
  'unpaid',
  'duplicated',
  'attached',
  'detached',
  'credits',
  'credited',
] as const
export type HistoryType = (typeof HISTORY_TYPES)[number]

export interface HistoryRow {
  accountId: string
  documentId: string
  /** Derived from the event if it can come twice, so that the second insert does nothing. */
  id: string
  at: number
  type: HistoryType
  /** User id; '' for the system, a provider or a customer. */
  actor: string
  deliveryId: string | null
  data: Record<string, string | number>
}

/**
 * Inserts History rows. Rows with an existing id are left out.
 * @param when `after_change` = only if the statement before it in the batch changed something
 */
export function insertHistory(db: Db, rows: HistoryRow[], when: 'always' | 'after_change' = 'always') {
  const condition = when === 'always' ? sql`true` : sql`changes() > 0`
  return db.run(sql`
    INSERT INTO history (account_id, document_id, id, at, type, actor, delivery_id, data)
    SELECT value->>'accountId', value->>'documentId', value->>'id', value->>'at', value->>'type', value->>'actor',
      value->>'deliveryId', value->'data'
    FROM json_each(${jsonList(rows)}) WHERE ${condition}
    ON CONFLICT DO NOTHING`)
}

/** Builds the data of an undone send: `left` is the number of mails to customers that had left before, absent for 0. */
const leftCount = (accountId: SQL, documentId: SQL, sendId: SQL): SQL => sql`(
  SELECT CASE count(*) WHEN 0 THEN '{}' ELSE json_object('left', count(*)) END FROM deliveries o
  WHERE o.account_id = ${accountId} AND o.document_id = ${documentId} AND o.send_id = ${sendId}
    AND o.purpose = 'customer' AND o.status <> 'cancelled')`

/**
 * Inserts a History row for each of these sends, whose waiting mails were cancelled. For a batch.
 * @param when `after_change` = only if the statement before it in the batch changed something
 */
export const insertCancelledHistory = (
  rows: (Omit<HistoryRow, 'type' | 'deliveryId' | 'data'> & { sendId: string })[],
  when: 'always' | 'after_change' = 'always',
): SQL => sql`
  INSERT INTO history (account_id, document_id, id, at, type, actor, delivery_id, data)
  SELECT value->>'accountId', value->>'documentId', value->>'id', value->>'at', 'cancelled', value->>'actor', NULL,
    ${leftCount(sql`value->>'accountId'`, sql`value->>'documentId'`, sql`value->>'sendId'`)}
  FROM json_each(${jsonList(rows)}) WHERE ${when === 'always' ? sql`true` : sql`changes() > 0`}
  ON CONFLICT DO NOTHING`

/** Inserts a History row for each send with a mail among these that was cancelled at `at`. For a batch. */
export const insertHistoryOfCancelled = (type: HistoryType, deliveryIds: SQL, at: number): SQL => sql`
  INSERT INTO history (account_id, document_id, id, at, type, actor, delivery_id, data)
  SELECT DISTINCT d.account_id, d.document_id, 'his_' || d.send_id || '_' || ${type}, ${at}, ${type}, '', NULL,
    ${leftCount(sql`d.account_id`, sql`d.document_id`, sql`d.send_id`)}
  FROM ${deliveryIds} j CROSS JOIN deliveries d ON d.id = j.value AND d.status = 'cancelled' AND d.ended_at = ${at}
  WHERE true
  ON CONFLICT DO NOTHING`

/** Returns the History of a document, oldest first. */
export function listHistory(db: Db, accountId: string, documentId: string) {
  return db
    .all<Omit<HistoryRow, 'data'> & { data: string }>(sql`
      SELECT account_id AS accountId, document_id AS documentId, id, at, type, actor, delivery_id AS deliveryId, data
      FROM history WHERE account_id = ${accountId} AND document_id = ${documentId} ORDER BY at, id`)
    .then((rows) => rows.map((row): HistoryRow => ({ ...row, data: readJson(HISTORY_DATA, row.data) })))
}
