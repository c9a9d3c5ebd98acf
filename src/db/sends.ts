/** Writing and reading sends. */
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { SendOrigin } from '../domain/delivery'
import { type Db, jsonList } from './client'
import { countMails } from './quota'
import { sends } from './schema'

export interface NewSend {
  id: string
  accountId: string
  documentId: string
  origin: SendOrigin
  language: string
  subject: string | null
  body: string | null
  attachPdf: boolean
  scheduledFor: number | null
  createdBy: string
  /** The day whose quota its mails count for, and how many may leave on it. */
  countedOn: string
  dailyQuota: number
}

export interface NewDelivery {
  id: string
  address: string
  purpose: 'customer' | 'copy'
  connection: string
  priority: number
  dueAt: number
}

/**
 * One send with its deliveries, for one batch: made only when the document is final and the send is new, so that a repeat, or a
 * draft that could not be finalised in the same batch, makes nothing. The statements belong together and in this order; more mails
 * than may leave on that day end the whole batch (`isOverQuota`).
 */
export function insertSend(send: NewSend, deliveries: NewDelivery[], now: number): SQL[] {
  const { accountId, documentId } = send
  return [
    sql`
      INSERT INTO sends (id, account_id, document_id, origin, language, subject, body, attach_pdf, scheduled_for, created_at, created_by, counted_on)
      SELECT ${send.id}, account_id, id, ${send.origin}, ${send.language}, ${send.subject}, ${send.body},
        ${send.attachPdf ? 1 : 0}, ${send.scheduledFor}, ${now}, ${send.createdBy}, ${send.countedOn}
      FROM documents WHERE account_id = ${accountId} AND id = ${documentId} AND status = 'final'
      ON CONFLICT DO NOTHING`,
    sql`
      INSERT INTO deliveries (id, account_id, document_id, send_id, address, purpose, connection, status, rank, priority, due_at, created_at)
      SELECT value->>'id', ${accountId}, ${documentId}, ${send.id}, value->>'address', value->>'purpose', value->>'connection',
        'queued', 0, value->>'priority', value->>'dueAt', ${now}
      FROM json_each(${jsonList(deliveries)}) WHERE changes() = 1`,
    countMails(accountId, send.countedOn, send.dailyQuota),
    sql`
      UPDATE documents SET latest_send_id = ${send.id}, mail_state = 'on_its_way'
      WHERE account_id = ${accountId} AND id = ${documentId} AND changes() > 0`,
  ]
}

export const findSend = (db: Db, accountId: string, id: string) =>
  db
    .select()
    .from(sends)
    .where(and(eq(sends.accountId, accountId), eq(sends.id, id)))
    .get()

/** After a send was taken back: the latest one that was not counts again, if there is one. */
export function restoreLatestSend(db: Db, accountId: string, documentId: string) {
  return db.run(sql`
    UPDATE documents SET latest_send_id = coalesce((
      SELECT d.send_id FROM deliveries d
      WHERE d.account_id = ${accountId} AND d.document_id = ${documentId} AND d.status <> 'cancelled'
      ORDER BY d.created_at DESC, d.send_id DESC LIMIT 1), latest_send_id)
    WHERE account_id = ${accountId} AND id = ${documentId}`)
}

/** For a batch, right after the statement that moves its mails. */
export const setSchedule = (
  db: Db,
  { accountId, sendId }: { accountId: string; sendId: string },
  { scheduledFor, countedOn }: { scheduledFor: number | null; countedOn: string },
) =>
  db.run(sql`
    UPDATE sends SET scheduled_for = ${scheduledFor}, counted_on = ${countedOn}
    WHERE account_id = ${accountId} AND id = ${sendId} AND changes() > 0`)
