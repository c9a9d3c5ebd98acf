/** Queries of suppressions for their page, and their changes by hand. */
import { sql } from 'drizzle-orm'
import type { DocumentKind } from '../domain/document'
import { prefixEnd } from '../domain/search-key'
import type { SuppressionReason } from '../domain/suppression'
import type { Db } from './client'

export interface SuppressionItem {
  addressKey: string
  reason: SuppressionReason
  /** The server's response in the event that led to it. */
  serverText: string
  createdAt: number
  /** User id of the person who added it, or id of the API key; '' if an event did. */
  createdBy: string
  /** Name of the person or the key; null if an event did. */
  by: string | null
  /** The document whose mail caused it. */
  documentId: string | null
  number: string | null
  kind: DocumentKind | null
  /** Number of documents whose mails were dropped because of it, at most `MAX_HELD`. */
  held: number
}

/** Limits the count of dropped documents. */
export const MAX_HELD = 100

const ITEM = sql`s.address_key AS addressKey, s.reason, s.server_text AS serverText, s.created_at AS createdAt,
  s.created_by AS createdBy, coalesce(nullif(u.name, ''), u.email, k.name) AS "by", c.id AS documentId, c.number, c.kind,
  (SELECT count(DISTINCT h.document_id) FROM (SELECT p.document_id FROM problems p INDEXED BY problems_address
    WHERE p.account_id = s.account_id AND p.address_key = s.address_key AND p.status = 'dropped' AND p.at >= s.created_at
    LIMIT ${MAX_HELD}) h) AS held`
const JOINED = sql`
  LEFT JOIN users u ON u.id = s.created_by
  LEFT JOIN api_keys k ON k.account_id = s.account_id AND k.id = s.created_by
  LEFT JOIN deliveries d ON d.id = s.delivery_id AND d.account_id = s.account_id
  LEFT JOIN documents c ON c.account_id = s.account_id AND c.id = d.document_id`

export interface SuppressionPosition {
  at: number
  addressKey: string
}

export interface SuppressionPage {
  items: SuppressionItem[]
  /** Position of the last item, if there are more. */
  next?: SuppressionPosition | undefined
}

interface Range {
  /** Beginning of an address, which sorts by address; '' lists all, latest first. */
  prefix: string
  after?: SuppressionPosition | undefined
  limit: number
}

/** Lists suppressions, latest first or by address. */
export async function listSuppressions(
  db: Db,
  accountId: string,
  { prefix, after, limit }: Range,
): Promise<SuppressionPage> {
  const from = prefix
    ? sql`s.address_key >= ${prefix} AND s.address_key < ${prefixEnd(prefix)} AND s.address_key > ${after?.addressKey ?? ''}`
    : after
      ? sql`(s.created_at, s.address_key) < (${after.at}, ${after.addressKey})`
      : sql`true`
  const order = prefix ? sql`s.address_key` : sql`s.created_at DESC, s.address_key DESC`
  const rows = await db.all<SuppressionItem>(sql`
    SELECT ${ITEM} FROM suppressions s ${JOINED}
    WHERE s.account_id = ${accountId} AND ${from} ORDER BY ${order} LIMIT ${limit + 1}`)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last ? { items, next: { at: last.createdAt, addressKey: last.addressKey } } : { items }
}

/** Returns the suppression of an address. */
export const findSuppression = (db: Db, accountId: string, addressKey: string) =>
  db.get<SuppressionItem | undefined>(sql`
    SELECT ${ITEM} FROM suppressions s ${JOINED} WHERE s.account_id = ${accountId} AND s.address_key = ${addressKey}`)

/** Inserts a suppression by hand. For a batch; returns no row when the address is suppressed already. */
export const insertManualSuppression = (
  by: { accountId: string; actor: string; addressKey: string; reason: SuppressionReason },
  now: number,
) => sql`
  INSERT INTO suppressions (account_id, address_key, reason, server_text, delivery_id, created_at, created_by)
  VALUES (${by.accountId}, ${by.addressKey}, ${by.reason}, '', NULL, ${now}, ${by.actor})
  ON CONFLICT DO NOTHING RETURNING address_key`

/** Deletes a suppression. For a batch; returns no row when the address is no longer suppressed for this reason. */
export const deleteSuppression = (accountId: string, addressKey: string, reason: SuppressionReason) => sql`
  DELETE FROM suppressions WHERE account_id = ${accountId} AND address_key = ${addressKey} AND reason = ${reason}
  RETURNING address_key`
