/** Deliveries over all documents. Whatever is asked for, a page looks no further back than 1,000 of them. */
import { type SQL, sql } from 'drizzle-orm'
import type { DeliveryStatus } from '../domain/delivery'
import type { DocumentKind } from '../domain/document'
import { type Db, jsonList } from './client'

/** What every list of deliveries shows. */
export interface ListedDelivery {
  id: string
  documentId: string
  address: string
  status: DeliveryStatus
  attempt: number
  dueAt: number | null
  /** Since when it should have left, where something of ours keeps it. */
  overdueSince: number | null
  scheduledFor: number | null
  reason: string | null
  serverText: string | null
  createdAt: number
  sentAt: number | null
  deliveredAt: number | null
  endedAt: number | null
}

/** The columns of a `ListedDelivery`, of a delivery `d` and its send `s`. */
export const LISTED_COLUMNS = sql`
  d.id, d.document_id AS documentId, d.address, d.status, d.attempt, d.due_at AS dueAt, d.overdue_since AS overdueSince,
  s.scheduled_for AS scheduledFor, d.reason, d.server_text AS serverText, d.created_at AS createdAt, d.sent_at AS sentAt,
  d.delivered_at AS deliveredAt, d.ended_at AS endedAt`

export interface DeliveryItem extends ListedDelivery {
  kind: DocumentKind
  number: string | null
  contactId: string | null
  contactName: string
  connection: string
  /** It failed, and nobody has settled it. */
  open: number
}

export interface DeliveryFilter {
  test: boolean
  /** Of these statuses; absent = all. */
  statuses?: readonly DeliveryStatus[] | undefined
  /** All of them are failures, which have an index of their own. */
  failures: boolean
  /** Ids from and below: what was made in a span of time. */
  from?: string | undefined
  below?: string | undefined
  contactId?: string | undefined
  connection?: string | undefined
}

export interface DeliveryPage {
  items: DeliveryItem[]
  /** The id that the next page begins below. */
  next?: string | undefined
  /** The page is not full, since the search went no further back than so many; `next` goes on from there. */
  scanned?: number | undefined
}

const MAX_SCANNED = 1_000

/** Newest first. */
export async function listDeliveries(
  db: Db,
  accountId: string,
  filter: DeliveryFilter,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<DeliveryPage> {
  const looked = source(accountId, filter, before)
  // The order is the source's: a sort would look at all of them.
  const rows = await db.all<DeliveryItem>(sql`
    SELECT ${LISTED_COLUMNS}, c.kind, c.number, c.contact_id AS contactId, c.contact_name AS contactName, d.connection,
      p.seq IS NOT NULL AS open
    FROM (${looked} LIMIT ${MAX_SCANNED}) l
    CROSS JOIN deliveries d ON d.id = l.id AND +d.account_id = ${accountId} AND ${matching(filter)}
    CROSS JOIN documents c ON c.account_id = d.account_id AND c.id = d.document_id AND c.test = ${filter.test ? 1 : 0}
    CROSS JOIN sends s ON s.id = d.send_id
    LEFT JOIN problems p ON p.account_id = d.account_id AND p.document_id = d.document_id AND p.delivery_id = d.id
      AND p.settled_at IS NULL
    LIMIT ${limit + 1}`)
  const items = rows.slice(0, limit)
  if (rows.length > limit) return { items, next: items.at(-1)?.id }
  const end = await db.get<{ id: string }>(sql`SELECT id FROM (${looked} LIMIT 1 OFFSET ${MAX_SCANNED - 1})`)
  return end ? { items, next: end.id, scanned: MAX_SCANNED } : { items }
}

/** Ids, newest first, from the index that answers most of the filter. */
function source(
  accountId: string,
  { failures, from, below, contactId }: DeliveryFilter,
  before: string | undefined,
): SQL {
  const end = [before, below].filter((id) => id !== undefined).sort()[0]
  const range = (id: SQL) =>
    sql`${end === undefined ? sql`true` : sql`${id} < ${end}`} AND ${from === undefined ? sql`true` : sql`${id} >= ${from}`}`
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

/** What must be looked at row by row. The copies that a merchant keeps are no deliveries to customers. */
function matching({ statuses, connection }: DeliveryFilter): SQL {
  const ofStatus = statuses ? sql`d.status IN (SELECT value FROM json_each(${jsonList(statuses)}))` : sql`true`
  const through = connection ? sql`d.connection = ${connection}` : sql`true`
  return sql`d.purpose = 'customer' AND ${ofStatus} AND ${through}`
}
