/** Writing and reading sends. */

import { and, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { SendOrigin } from '../domain/delivery'
import type { SendContent } from '../domain/send-content'
import type { SuppressionReason } from '../domain/suppression'
import { type Db, eachOf } from './client'
import { settleBySends } from './problems'
import { countMails } from './quota'
import { sends } from './schema'

export interface NewSend extends SendContent {
  id: string
  accountId: string
  documentId: string
  origin: SendOrigin
  createdBy: string
  /** The bulk send that makes it. */
  bulkId?: string | undefined
  /** The day whose quota its mails count for, and how many may leave on it. */
  countedOn: string
  dailyQuota: number
  /** A suppression's reason that an admin has set aside for this once. */
  despite?: SuppressionReason | undefined
  /** Key of the only address whose problems it settles; absent = all of the document's. */
  makesUpFor?: string | undefined
}

export interface NewDelivery {
  id: string
  address: string
  purpose: 'customer' | 'copy'
  /** Whose progress it counts for. */
  bulkId?: string | undefined
  connection: string
  priority: number
  dueAt: number
  despite?: SuppressionReason | undefined
}

/** A send with its deliveries, as decided and not yet written. */
export interface PlannedSend {
  send: NewSend
  deliveries: NewDelivery[]
}

/**
 * Sends of one account and one day with their deliveries, for one batch: made only when all of the documents are final and all of the
 * sends new, so that a repeat, or a draft that could not be finalised in the same batch, makes nothing. A single send is the case of
 * one. The statements belong together and in this order; more mails than may leave on that day end the whole batch (`isOverQuota`).
 * @param told what is to be said of them; each must change a row, and nothing unless the statement before it did
 */
export function insertSends(
  accountId: string,
  planned: readonly PlannedSend[],
  now: number,
  told: readonly SQLWrapper[] = [],
): SQLWrapper[] {
  const [first] = planned
  if (!first) return []
  const { countedOn, dailyQuota } = first.send
  const sends = eachOf(planned.map(({ send }) => send))
  const deliveries = planned.flatMap(({ send, deliveries }) =>
    deliveries.map((delivery) => ({ ...delivery, sendId: send.id, documentId: send.documentId })),
  )
  return [
    sql`
      INSERT INTO sends (id, account_id, document_id, origin, language, subject, body, attach_pdf, attachments, scheduled_for, created_at, created_by, counted_on)
      SELECT value->>'id', c.account_id, c.id, value->>'origin', value->>'language', value->>'subject', value->>'body',
        value->>'attachPdf', iif(c.attachments IS NULL, NULL, coalesce(value->'attachments',
          (SELECT json_group_array(e.value->>'id') FROM json_each(c.attachments) e))), value->>'scheduledFor', ${now}, value->>'createdBy', value->>'countedOn'
      FROM ${sends} CROSS JOIN documents c
        ON c.account_id = ${accountId} AND c.id = value->>'documentId' AND c.status = 'final'
      WHERE true
      ON CONFLICT DO NOTHING`,
    sql`
      INSERT INTO deliveries (id, account_id, document_id, send_id, address, purpose, connection, status, rank, priority, due_at, despite, created_at, bulk_id)
      SELECT value->>'id', ${accountId}, value->>'documentId', value->>'sendId', value->>'address', value->>'purpose',
        value->>'connection', 'queued', 0, value->>'priority', value->>'dueAt', value->>'despite', ${now}, value->>'bulkId'
      FROM ${eachOf(deliveries)} WHERE changes() = ${planned.length} AND (value->>'purpose' = 'customer' OR NOT EXISTS (
        SELECT 1 FROM deliveries o WHERE o.account_id = ${accountId} AND o.document_id = value->>'documentId'
          AND o.purpose = 'copy' AND o.status <> 'cancelled'))`,
    countMails(accountId, countedOn, dailyQuota),
    sql`
      UPDATE documents SET latest_send_id = s.id, mail_state = 'on_its_way', not_sent_reason = NULL
      FROM (SELECT value->>'id' AS id, value->>'accountId' AS account_id, value->>'documentId' AS document_id FROM ${sends}) s
      WHERE documents.account_id = s.account_id AND documents.id = s.document_id AND changes() > 0`,
    ...told,
    settleBySends(
      accountId,
      planned.map(({ send }) => send),
      now,
    ),
  ]
}

export const findSend = (db: Db, accountId: string, id: string) =>
  db
    .select()
    .from(sends)
    .where(and(eq(sends.accountId, accountId), eq(sends.id, id)))
    .get()

/** After sends were taken back: of each document the latest one that was not counts again, if there is one. */
export const restoreLatestSends = (accountId: string, documentIds: string[]): SQL => sql`
  UPDATE documents SET latest_send_id = coalesce((
    SELECT d.send_id FROM deliveries d
    WHERE d.account_id = documents.account_id AND d.document_id = documents.id AND d.status <> 'cancelled'
    ORDER BY d.created_at DESC, d.send_id DESC LIMIT 1), latest_send_id)
  FROM (SELECT value->>0 AS account_id, value->>1 AS id
    FROM ${eachOf(documentIds.map((id) => [accountId, id]))}) ref
  WHERE documents.account_id = ref.account_id AND documents.id = ref.id`

/** A merchant's copy that goes with another send. */
export interface HandedOnCopy {
  documentId: string
  /** That the copy will have. */
  id: string
  /** The day whose quota it counts for, if it leaves at once. */
  day: string
}

/**
 * For a batch, after `restoreLatestSends`: the merchant's copy that was taken back at this moment goes with the send that stays, where
 * that is mailed to somebody. It leaves with the mails of that send, if they still wait, and counts for the same day.
 */
export const handOnCopies = (accountId: string, handedOn: HandedOnCopy[], at: number): SQL[] => [
  sql`
    INSERT INTO deliveries (id, account_id, document_id, send_id, address, purpose, connection, status, rank, priority, due_at, created_at)
    SELECT value->>'id', d.account_id, d.document_id, c.latest_send_id, d.address, 'copy', d.connection, 'queued', 0, d.priority,
      coalesce((SELECT max(o.due_at) FROM deliveries o WHERE o.account_id = c.account_id AND o.document_id = c.id
        AND o.send_id = c.latest_send_id AND o.purpose = 'customer' AND o.status = 'queued' AND o.attempt = 0), ${at}), ${at}
    FROM ${eachOf(handedOn)} CROSS JOIN documents c ON c.account_id = ${accountId} AND c.id = value->>'documentId'
    CROSS JOIN deliveries d ON d.account_id = c.account_id AND d.document_id = c.id AND d.purpose = 'copy' AND d.status = 'cancelled'
      AND d.ended_at = ${at}
    WHERE EXISTS (SELECT 1 FROM deliveries o WHERE o.account_id = c.account_id AND o.document_id = c.id
        AND o.send_id = c.latest_send_id AND o.purpose = 'customer' AND o.status <> 'cancelled')
      AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.account_id = c.account_id AND o.document_id = c.id
        AND o.purpose = 'copy' AND o.status <> 'cancelled')
    ON CONFLICT DO NOTHING`,
  // No limit here: it takes the place of one that was given back, and an undo is not refused.
  sql`
    INSERT INTO daily_sends (account_id, day, used)
    SELECT d.account_id, CASE WHEN d.due_at > ${at} THEN coalesce(s.counted_on, value->>'day') ELSE value->>'day' END AS day, count(*)
    FROM ${eachOf(handedOn)} CROSS JOIN deliveries d ON d.id = value->>'id' AND d.account_id = ${accountId}
    CROSS JOIN sends s ON s.id = d.send_id
    GROUP BY 1, 2
    ON CONFLICT DO UPDATE SET used = daily_sends.used + excluded.used`,
]

/** For a batch, right after the statement that moves its mails. */
export const setSchedule = (
  db: Db,
  { accountId, sendId }: { accountId: string; sendId: string },
  { scheduledFor, countedOn }: { scheduledFor: number | null; countedOn: string },
) =>
  db.run(sql`
    UPDATE sends SET scheduled_for = ${scheduledFor}, counted_on = ${countedOn}
    WHERE account_id = ${accountId} AND id = ${sendId} AND changes() > 0`)
