/** Queries of the fixed list of documents of a bulk send. */

import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { WithheldReason } from '../domain/bulk-send'
import type { DeliveryStatus } from '../domain/delivery'
import type { DocumentKind } from '../domain/document'
import { FAILED_STATUSES } from '../domain/problem'
import { TICK_MS } from '../domain/timing'
import type { BulkRef } from './bulk-sends'
import { constants, type Db, eachOf, jsonList } from './client'
import { bulkDocuments } from './schema'

export type BulkDocument = typeof bulkDocuments.$inferSelect
export type NewBulkDocument = Omit<BulkDocument, 'accountId' | 'bulkId' | 'reason'>

/** Inserts documents of a bulk send. For a batch, after `advanceBulkSend`. */
export const insertBulkDocuments = ({ accountId, id }: BulkRef, documents: NewBulkDocument[]): SQL => sql`
  INSERT INTO bulk_documents (account_id, bulk_id, position, document_id, flags, version, credited, latest_send_id)
  SELECT ${accountId}, ${id}, value->>'position', value->>'documentId', value->>'flags', value->>'version',
    value->>'credited', value->>'latestSendId'
  FROM ${eachOf(documents)}`

/** Deletes up to `limit` documents of a bulk send that no longer exists. For a batch. */
export const deleteSomeBulkDocuments = ({ accountId, id }: BulkRef, limit: number): SQL => sql`
  DELETE FROM bulk_documents WHERE account_id = ${accountId} AND bulk_id = ${id}
    AND position IN (SELECT position FROM bulk_documents WHERE account_id = ${accountId} AND bulk_id = ${id} LIMIT ${limit})
    AND NOT EXISTS (SELECT 1 FROM bulk_sends WHERE account_id = ${accountId} AND id = ${id})`

/** Lists documents of a bulk send after the position `after`, in the order of their positions. */
export const listBulkDocuments = (db: Db, { accountId, id }: BulkRef, after: string, limit: number) =>
  db
    .select()
    .from(bulkDocuments)
    .where(and(eq(bulkDocuments.accountId, accountId), eq(bulkDocuments.bulkId, id), gt(bulkDocuments.position, after)))
    .orderBy(asc(bulkDocuments.position))
    .limit(limit)

/** Records why documents were withheld when they were to be queued. For a batch, after `advanceBulkSend`. */
export const setReasons = (
  { accountId, id }: BulkRef,
  documents: { position: string; reason: WithheldReason }[],
): SQL => sql`
  UPDATE bulk_documents SET reason = r.reason
  FROM (SELECT value->>0 AS account_id, value->>1 AS bulk_id, value->>2 AS position, value->>3 AS reason
    FROM ${eachOf(documents.map(({ position, reason }) => [accountId, id, position, reason]))}) r
  WHERE bulk_documents.account_id = r.account_id AND bulk_documents.bulk_id = r.bulk_id
    AND bulk_documents.position = r.position`

/** Returns the ids of the documents at these positions that had a failed mail, or were withheld because of the quota. */
export async function listToRepeat(
  db: Db,
  ref: BulkRef,
  positions: string[],
  from: 'failed' | 'quota',
): Promise<string[]> {
  const condition =
    from === 'quota'
      ? sql`b.reason = 'quota'`
      : sql`EXISTS (SELECT 1 FROM deliveries d WHERE d.account_id = b.account_id AND d.document_id = b.document_id
          AND d.bulk_id = b.bulk_id AND d.purpose = 'customer' AND d.status IN ${constants(FAILED_STATUSES)})`
  const rows = await db.all<{ id: string }>(sql`
    SELECT b.document_id AS id FROM json_each(${jsonList(positions)}) j
    CROSS JOIN bulk_documents b ON b.account_id = ${ref.accountId} AND b.bulk_id = ${ref.id} AND b.position = j.value
    WHERE ${condition}`)
  return rows.map((row) => row.id)
}

/**
 * Returns the connection of the mail that leaves last among those that wait. Returns undefined when that mail is held up: it rests, or its
 * connection is paused or does not work. Looks at the last documents alone.
 */
export const findLastLeaving = (db: Db, { accountId, id }: BulkRef, now: number) =>
  db.get<{ connection: string } | undefined>(sql`
    SELECT last.connection FROM (SELECT d.connection, d.reason, d.overdue_since
      FROM (SELECT document_id FROM bulk_documents WHERE account_id = ${accountId} AND bulk_id = ${id}
        ORDER BY position DESC LIMIT ${LAST_DOCUMENTS}) b
      CROSS JOIN deliveries d ON d.account_id = ${accountId} AND d.document_id = b.document_id AND d.bulk_id = ${id}
        AND d.status IN ('queued', 'dispatched') LIMIT 1) last
    WHERE coalesce(last.reason, '') <> 'sending_rests' AND last.overdue_since IS NULL
      AND NOT EXISTS (SELECT 1 FROM provider_states p WHERE p.connection = last.connection
        AND (p.since IS NOT NULL OR p.paused_until > ${now + TICK_MS}))`)

const LAST_DOCUMENTS = 20

/** A document of a bulk send with one of its mails, for pages and CSV. A document without mails has one row. */
export interface BulkRow {
  position: string
  documentId: string
  flags: number
  reason: WithheldReason | null
  /** Null where the document was deleted. */
  kind: DocumentKind | null
  number: string | null
  contactName: string | null
  currency: string | null
  total: number | null
  deliveryId: string | null
  address: string | null
  status: DeliveryStatus | null
  attempt: number | null
  dueAt: number | null
  /** When the attempt was due, epoch ms, if the mail is delayed by Facteur or its provider. */
  overdueSince: number | null
  deliveryReason: string | null
  serverText: string | null
  sentAt: number | null
  deliveredAt: number | null
  endedAt: number | null
}

/** Limits how many documents are scanned for one page. */
export const MAX_LOOKED_AT = 2_000

export interface BulkRowPage {
  rows: BulkRow[]
  /** The position that the next page begins after. */
  next?: string | undefined
}

/**
 * Lists a page of documents with all their mails.
 * @param where condition on `b` (bulk_documents) alone, so that only the documents shown are looked up
 */
export async function listBulkRows(
  db: Db,
  { accountId, id }: BulkRef,
  { after, limit, where = sql`true` }: { after: string; limit: number; where?: SQL },
): Promise<BulkRowPage> {
  const from = sql`SELECT * FROM bulk_documents
    WHERE account_id = ${accountId} AND bulk_id = ${id} AND position > ${after} ORDER BY position`
  const rows = await db.all<BulkRow>(sql`
    SELECT b.position, b.document_id AS documentId, b.flags, b.reason, c.kind, c.number, c.contact_name AS contactName,
      c.currency, c.total, d.id AS deliveryId, d.address, d.status, d.attempt, d.due_at AS dueAt, d.overdue_since AS overdueSince,
      d.reason AS deliveryReason, d.server_text AS serverText, d.sent_at AS sentAt, d.delivered_at AS deliveredAt,
      d.ended_at AS endedAt
    FROM (SELECT * FROM (${from} LIMIT ${MAX_LOOKED_AT}) b WHERE ${where} LIMIT ${limit}) b
    LEFT JOIN documents c ON c.account_id = b.account_id AND c.id = b.document_id
    LEFT JOIN deliveries d ON d.account_id = b.account_id AND d.document_id = b.document_id AND d.bulk_id = b.bulk_id
      AND d.purpose = 'customer'
    ORDER BY b.position, d.address`)
  const shown = new Set(rows.map((row) => row.position)).size
  if (shown === limit) return { rows, next: rows.at(-1)?.position }
  const [end] = await db.all<{ position: string }>(sql`
    SELECT position FROM (${from} LIMIT 1 OFFSET ${MAX_LOOKED_AT - 1})`)
  return { rows, next: end?.position }
}
