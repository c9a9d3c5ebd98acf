/** The list of deliveries over all documents. A page scans at most 1,000 of them, whatever the filter. */
import { type SQL, sql } from 'drizzle-orm'
import type { DeliveryPurpose, DeliveryStatus } from '../domain/delivery'
import type { DocumentKind } from '../domain/document'
import { type Db, jsonList } from './client'
import { type DeliveryProgress, PROGRESS_COLUMNS } from './delivery-progress'

/** What every list of deliveries shows. */
export interface ListedDelivery extends DeliveryProgress {
  documentId: string
  scheduledFor: number | null
  createdAt: number
}

/** The columns of `ListedDelivery`, from a delivery `d` and its send `s`. */
export const LISTED_COLUMNS = sql`d.id, d.document_id AS documentId, ${PROGRESS_COLUMNS}, s.scheduled_for AS scheduledFor,
  d.created_at AS createdAt`

export interface DeliveryItem extends ListedDelivery {
  sendId: string
  purpose: DeliveryPurpose
  /** From address of the latest attempt; null = the platform's. */
  senderAddress: string | null
  /** 1 when it has the PDF as an attachment, or is to have it. */
  attachesPdf: number
  /** 1 when its mail has been rendered. */
  hasMail: number
  kind: DocumentKind
  number: string | null
  contactId: string | null
  contactName: string
  connection: string
  /** 1 when it has a problem that is not settled. */
  open: number
}

export interface DeliveryFilter {
  test: boolean
  /** Absent = all. */
  statuses?: readonly DeliveryStatus[] | undefined
  /** All of `statuses` are failures, so the index of problems is read. */
  failures: boolean
  /** Lower (inclusive) and upper (exclusive) bounds of the ids, which are in the order of creation. */
  from?: string | undefined
  below?: string | undefined
  contactId?: string | undefined
  connection?: string | undefined
  documentId?: string | undefined
  sendId?: string | undefined
  /** `addressKey` of the recipient. */
  addressKey?: string | undefined
  /** Only those with a problem that is not settled. */
  open?: boolean | undefined
}

export interface DeliveryPage {
  items: DeliveryItem[]
  /** The id that the next page begins below. */
  next?: string | undefined
  /** Set when the page is not full because the search ended after this many rows; `next` continues there. */
  scanned?: number | undefined
}

const MAX_SCANNED = 1_000

/** Lists deliveries to customers, newest first. */
export async function listDeliveries(
  db: Db,
  accountId: string,
  filter: DeliveryFilter,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<DeliveryPage> {
  const scanned = source(accountId, filter, before)
  // The rows keep the order of the source. An ORDER BY would read all of them. `p.seq IS NOT NULL` alone would let SQLite begin at `p`.
  const rows = await db.all<DeliveryItem>(sql`
    SELECT ${ITEM_COLUMNS} FROM (${scanned} LIMIT ${MAX_SCANNED}) l
    CROSS JOIN deliveries d ON d.id = l.id AND +d.account_id = ${accountId} AND ${matching(filter)}
    CROSS JOIN documents c ON c.account_id = d.account_id AND c.id = d.document_id AND c.test = ${filter.test ? 1 : 0}
      AND ${filter.contactId === undefined ? sql`true` : sql`c.contact_id = ${filter.contactId}`}
    CROSS JOIN sends s ON s.id = d.send_id
    LEFT JOIN ${OPEN_PROBLEM}
    WHERE ${filter.open ? sql`iif(p.seq IS NULL, 0, 1)` : sql`true`}
    LIMIT ${limit + 1}`)
  const items = rows.slice(0, limit)
  if (rows.length > limit) return { items, next: items.at(-1)?.id }
  const end = await db.get<{ id: string }>(sql`SELECT id FROM (${scanned} LIMIT 1 OFFSET ${MAX_SCANNED - 1})`)
  return end ? { items, next: end.id, scanned: MAX_SCANNED } : { items }
}

/** Returns a delivery, a copy to the merchant as well; undefined if the account has none with this id. */
export const findDelivery = (db: Db, accountId: string, id: string) =>
  db.get<DeliveryItem | undefined>(sql`
    SELECT ${ITEM_COLUMNS} FROM deliveries d
    CROSS JOIN documents c ON c.account_id = d.account_id AND c.id = d.document_id
    CROSS JOIN sends s ON s.id = d.send_id
    LEFT JOIN ${OPEN_PROBLEM}
    WHERE d.id = ${id} AND d.account_id = ${accountId}`)

const ITEM_COLUMNS = sql`${LISTED_COLUMNS}, d.send_id AS sendId, d.purpose, c.kind, c.number, c.contact_id AS contactId,
  c.contact_name AS contactName, d.connection, d.sender_address AS senderAddress, d.link_hash IS NOT NULL AS hasMail,
  s.attach_pdf = 1 AND NOT EXISTS (SELECT 1 FROM history h WHERE h.account_id = d.account_id
    AND h.document_id = d.document_id AND h.id = 'his_' || d.id || '_link_only') AS attachesPdf,
  p.seq IS NOT NULL AS open`

const OPEN_PROBLEM = sql`problems p ON p.account_id = d.account_id AND p.document_id = d.document_id
  AND p.delivery_id = d.id AND p.settled_at IS NULL`

/** Selects ids, newest first, from the index that covers most of the filter. */
function source(
  accountId: string,
  { failures, from, below, contactId, documentId, sendId }: DeliveryFilter,
  before: string | undefined,
): SQL {
  const end = [before, below].filter((id) => id !== undefined).sort()[0]
  const range = (id: SQL) =>
    sql`${end === undefined ? sql`true` : sql`${id} < ${end}`} AND ${from === undefined ? sql`true` : sql`${id} >= ${from}`}`
  if (sendId !== undefined)
    return sql`
      SELECT d.id FROM sends s CROSS JOIN deliveries d INDEXED BY deliveries_document
        ON d.account_id = ${accountId} AND d.document_id = s.document_id AND d.send_id = s.id
      WHERE s.id = ${sendId} AND s.account_id = ${accountId} AND ${range(sql`d.id`)} ORDER BY d.id DESC`
  if (documentId !== undefined)
    return sql`
      SELECT id FROM deliveries INDEXED BY deliveries_document
      WHERE account_id = ${accountId} AND document_id = ${documentId} AND ${range(sql`id`)} ORDER BY id DESC`
  if (contactId !== undefined)
    return sql`
      SELECT d.id FROM (SELECT id FROM documents INDEXED BY documents_of_contact
        WHERE account_id = ${accountId} AND contact_id = ${contactId} ORDER BY id DESC LIMIT ${MAX_SCANNED}) c
      CROSS JOIN deliveries d ON d.account_id = ${accountId} AND d.document_id = c.id
      WHERE ${range(sql`d.id`)} ORDER BY d.id DESC`
  if (failures)
    return sql`
      SELECT delivery_id AS id FROM problems INDEXED BY problems_delivery
      WHERE account_id = ${accountId} AND ${range(sql`delivery_id`)} ORDER BY delivery_id DESC`
  return sql`
    SELECT id FROM deliveries INDEXED BY deliveries_account
    WHERE account_id = ${accountId} AND ${range(sql`id`)} ORDER BY id DESC`
}

/** Builds the conditions that are checked row by row. */
function matching({ statuses, connection, documentId, addressKey }: DeliveryFilter): SQL {
  const ofStatus = statuses ? sql`d.status IN (SELECT value FROM json_each(${jsonList(statuses)}))` : sql`true`
  const through = connection ? sql`d.connection = ${connection}` : sql`true`
  const ofDocument = documentId === undefined ? sql`true` : sql`d.document_id = ${documentId}`
  const to = addressKey === undefined ? sql`true` : sql`lower(d.address) = ${addressKey}`
  return sql`d.purpose = 'customer' AND ${ofStatus} AND ${through} AND ${ofDocument} AND ${to}`
}
