/** Queries of the sends of one document with all their deliveries, for its page. */
import { and, eq, sql } from 'drizzle-orm'
import type { DeliveryPurpose, SendOrigin } from '../domain/delivery'
import { type Db, jsonList } from './client'
import { type DeliveryProgress, PROGRESS_COLUMNS } from './delivery-progress'
import { deliveries } from './schema'

export interface DocumentDelivery extends DeliveryProgress {
  purpose: DeliveryPurpose
  /** From address of the latest attempt; null = the platform's. */
  senderAddress: string | null
  /** Its mail has been rendered and can be shown. */
  hasMail: boolean
  /** It has a problem that is not settled. */
  problemOpen: boolean
  /** Why its connection is paused, and the server's response. */
  pauseReason: string | null
  pauseText: string | null
  /** When the bulk and automatic mails of its account were paused, if it waits for their resumption. Epoch ms. */
  restingSince: number | null
}

export interface DocumentSend {
  id: string
  origin: SendOrigin
  language: string
  attachPdf: boolean
  scheduledFor: number | null
  createdAt: number
  /** User id. */
  createdBy: string
  deliveries: DocumentDelivery[]
}

type Row = Omit<DocumentSend, 'deliveries' | 'attachPdf'> &
  Omit<DocumentDelivery, 'id' | 'hasMail' | 'problemOpen'> & {
    problemOpen: number
    deliveryId: string
    attachPdf: number
    hasMail: number
  }

/** Lists the sends of a document, newest first, each with its deliveries by address. */
export async function listDocumentSends(db: Db, accountId: string, documentId: string): Promise<DocumentSend[]> {
  const rows = await db.all<Row>(sql`
    SELECT s.id, s.origin, s.language, s.attach_pdf AS attachPdf, s.scheduled_for AS scheduledFor,
      s.created_at AS createdAt, s.created_by AS createdBy,
      d.id AS deliveryId, d.purpose, ${PROGRESS_COLUMNS}, d.sender_address AS senderAddress,
      d.link_hash IS NOT NULL AS hasMail, p.seq IS NOT NULL AS problemOpen, r.reason AS pauseReason, r.server_text AS pauseText,
      a.resting_at AS restingSince
    FROM deliveries d CROSS JOIN sends s ON s.id = d.send_id
    LEFT JOIN problems p ON p.account_id = d.account_id AND p.document_id = d.document_id AND p.delivery_id = d.id
      AND p.settled_at IS NULL
    LEFT JOIN provider_states r ON d.overdue_since IS NOT NULL AND d.due_at IS NOT NULL AND r.connection = d.connection
      AND r.paused_until > d.overdue_since
    LEFT JOIN accounts a ON d.status = 'queued' AND d.reason = 'sending_rests' AND a.id = d.account_id
    WHERE d.account_id = ${accountId} AND d.document_id = ${documentId}
    ORDER BY s.created_at DESC, s.id DESC, d.address`)
  return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((ofSend) => {
    const [first] = ofSend
    return first ? [sendOf(first, ofSend)] : []
  })
}

const sendOf = ({ id, origin, language, attachPdf, scheduledFor, createdAt, createdBy }: Row, rows: Row[]) => ({
  id,
  origin,
  language,
  attachPdf: attachPdf === 1,
  scheduledFor,
  createdAt,
  createdBy,
  deliveries: rows.map(deliveryOf),
})

const deliveryOf = (row: Row): DocumentDelivery => ({
  id: row.deliveryId,
  address: row.address,
  purpose: row.purpose,
  status: row.status,
  attempt: row.attempt,
  dueAt: row.dueAt,
  reason: row.reason,
  serverText: row.serverText,
  senderAddress: row.senderAddress,
  hasMail: row.hasMail === 1,
  problemOpen: row.problemOpen === 1,
  sentAt: row.sentAt,
  deliveredAt: row.deliveredAt,
  endedAt: row.endedAt,
  overdueSince: row.overdueSince,
  pauseReason: row.pauseReason,
  pauseText: row.pauseText,
  restingSince: row.restingSince,
})

/** Returns what the page of a mail shows above the mail. */
export const findDocumentDelivery = (db: Db, accountId: string, documentId: string, id: string) =>
  db
    .select({ id: deliveries.id, address: deliveries.address, linkHash: deliveries.linkHash })
    .from(deliveries)
    .where(and(eq(deliveries.id, id), eq(deliveries.accountId, accountId), eq(deliveries.documentId, documentId)))
    .get()

/** Returns the names of people by user id, or their e-mail addresses if they have none; and of this account's API keys by their id. */
export async function listActorNames(db: Db, accountId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const from = sql`FROM (SELECT DISTINCT value AS id FROM json_each(${jsonList(ids)})) j`
  const rows = await db.all<{ id: string; name: string }>(sql`
    SELECT u.id, iif(u.name = '', u.email, u.name) AS name ${from} CROSS JOIN users u ON u.id = j.id
    UNION ALL
    SELECT k.id, k.name ${from} CROSS JOIN api_keys k ON k.account_id = ${accountId} AND k.id = j.id`)
  return new Map(rows.map((row) => [row.id, row.name]))
}
