/** Queries of sends. */
import { and, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { SendOrigin } from '../domain/delivery'
import type { Metadata } from '../domain/metadata'
import type { SendContent } from '../domain/send-content'
import type { SuppressionReason } from '../domain/suppression'
import { type Db, eachOf } from './client'
import { insertQueuedEvents } from './outgoing-events'
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
  /** The day whose quota its mails count for. */
  countedOn: string
  /** Mails allowed on that day. */
  dailyQuota: number
  /** Whether what happens is recorded for programs. */
  recordsEvents: boolean
  /** Reason of a suppression that an admin has overridden for this send. */
  despite?: SuppressionReason | undefined
  /** Key of the only address whose problems it settles; absent = all of the document's. */
  settlesAddress?: string | undefined
  /** Set by programs; absent = none. */
  externalId?: string | undefined
  metadata?: Metadata | undefined
}

export interface NewDelivery {
  id: string
  address: string
  purpose: 'customer' | 'copy'
  /** The bulk send whose progress it counts for. */
  bulkId?: string | undefined
  connection: string
  priority: number
  dueAt: number
  despite?: SuppressionReason | undefined
}

/** A send with its deliveries, before it is written. */
export interface PlannedSend {
  send: NewSend
  deliveries: NewDelivery[]
}

/**
 * Inserts sends of one account and one day with their deliveries. For one batch, in this order. Nothing is inserted unless all documents
 * are final and all sends are new, so that a repeated request, or one with a draft that could not be finalised in the same batch, has no
 * effect. Mails above the day's quota end the whole batch (`isOverQuota`), and so does an external id that another send of the same mode has
 * (`isExternalIdTaken`).
 * @param records statements that record the sends; each must change a row if the statement before it did, and nothing otherwise
 */
export function insertSends(
  accountId: string,
  planned: readonly PlannedSend[],
  now: number,
  records: readonly SQLWrapper[] = [],
): SQLWrapper[] {
  const [first] = planned
  if (!first) return []
  const { countedOn, dailyQuota, recordsEvents } = first.send
  const mark = recordsEvents ? 1 : null
  const sends = eachOf(planned.map(({ send }) => send))
  const deliveries = planned.flatMap(({ send, deliveries }) =>
    deliveries.map((delivery) => ({ ...delivery, sendId: send.id, documentId: send.documentId })),
  )
  return [
    sql`
      INSERT INTO sends (id, account_id, document_id, origin, language, subject, body, attach_pdf, attachments, scheduled_for, created_at, created_by, counted_on, external_id, metadata)
      SELECT value->>'id', c.account_id, c.id, value->>'origin', value->>'language', value->>'subject', value->>'body',
        value->>'attachPdf', iif(c.attachments IS NULL, NULL, coalesce(value->'attachments',
          (SELECT json_group_array(e.value->>'id') FROM json_each(c.attachments) e))), value->>'scheduledFor', ${now}, value->>'createdBy', value->>'countedOn', value->>'externalId', value->'metadata'
      FROM ${sends} CROSS JOIN documents c
        ON c.account_id = ${accountId} AND c.id = value->>'documentId' AND c.status = 'final'
      WHERE true
      ON CONFLICT (id) DO NOTHING`,
    sql`
      INSERT INTO deliveries (id, account_id, document_id, send_id, address, purpose, connection, status, rank, priority, due_at, despite, created_at, bulk_id, records_events)
      SELECT value->>'id', ${accountId}, value->>'documentId', value->>'sendId', value->>'address', value->>'purpose',
        value->>'connection', 'queued', 0, value->>'priority', value->>'dueAt', value->>'despite', ${now}, value->>'bulkId', ${mark}
      FROM ${eachOf(deliveries)} WHERE changes() = ${planned.length} AND (value->>'purpose' = 'customer' OR NOT EXISTS (
        SELECT 1 FROM deliveries o WHERE o.account_id = ${accountId} AND o.document_id = value->>'documentId'
          AND o.purpose = 'copy' AND o.status <> 'cancelled'))`,
    countMails(accountId, countedOn, dailyQuota),
    sql`
      UPDATE documents SET latest_send_id = s.id, mail_state = 'on_its_way', not_sent_reason = NULL
      FROM (SELECT value->>'id' AS id, value->>'accountId' AS account_id, value->>'documentId' AS document_id FROM ${sends}) s
      WHERE documents.account_id = s.account_id AND documents.id = s.document_id AND changes() > 0`,
    ...records,
    settleBySends(
      accountId,
      planned.map(({ send }) => send),
      now,
    ),
    ...(recordsEvents
      ? [
          insertQueuedEvents(
            accountId,
            planned.map(({ send }) => send.id),
            now,
          ),
        ]
      : []),
  ]
}

/** Reports whether a batch was ended because another send of the same mode has the external id. */
export const isExternalIdTaken = (error: unknown): boolean => String(error).includes('sends_external_id')

export const findSend = (db: Db, accountId: string, id: string) =>
  db
    .select()
    .from(sends)
    .where(and(eq(sends.accountId, accountId), eq(sends.id, id)))
    .get()

/** Sets each document's latest send to the latest one that is not cancelled, if there is one. For a batch, after sends were cancelled. */
export const restoreLatestSends = (accountId: string, documentIds: string[]): SQL => sql`
  UPDATE documents SET latest_send_id = coalesce((
    SELECT d.send_id FROM deliveries d
    WHERE d.account_id = documents.account_id AND d.document_id = documents.id AND d.status <> 'cancelled'
    ORDER BY d.created_at DESC, d.send_id DESC LIMIT 1), latest_send_id)
  FROM (SELECT value->>0 AS account_id, value->>1 AS id
    FROM ${eachOf(documentIds.map((id) => [accountId, id]))}) ref
  WHERE documents.account_id = ref.account_id AND documents.id = ref.id`

/** A merchant's copy that replaces a cancelled one. */
export interface ReplacementCopy {
  documentId: string
  /** Id of the new delivery. */
  id: string
  /** The day whose quota it counts for if it leaves at once. */
  day: string
}

/**
 * Inserts a merchant's copy again that was cancelled at `at`, now with the document's remaining send, if that has mails to customers. The
 * copy leaves with the mails of that send, if they still wait, and counts for the same day. For a batch, after `restoreLatestSends`.
 */
export const replaceCopies = (accountId: string, copies: ReplacementCopy[], at: number): SQL[] => [
  sql`
    INSERT INTO deliveries (id, account_id, document_id, send_id, address, purpose, connection, status, rank, priority, due_at, created_at)
    SELECT value->>'id', d.account_id, d.document_id, c.latest_send_id, d.address, 'copy', d.connection, 'queued', 0, d.priority,
      coalesce((SELECT max(o.due_at) FROM deliveries o WHERE o.account_id = c.account_id AND o.document_id = c.id
        AND o.send_id = c.latest_send_id AND o.purpose = 'customer' AND o.status = 'queued' AND o.attempt = 0), ${at}), ${at}
    FROM ${eachOf(copies)} CROSS JOIN documents c ON c.account_id = ${accountId} AND c.id = value->>'documentId'
    CROSS JOIN deliveries d ON d.account_id = c.account_id AND d.document_id = c.id AND d.purpose = 'copy' AND d.status = 'cancelled'
      AND d.ended_at = ${at}
    WHERE EXISTS (SELECT 1 FROM deliveries o WHERE o.account_id = c.account_id AND o.document_id = c.id
        AND o.send_id = c.latest_send_id AND o.purpose = 'customer' AND o.status <> 'cancelled')
      AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.account_id = c.account_id AND o.document_id = c.id
        AND o.purpose = 'copy' AND o.status <> 'cancelled')
    ON CONFLICT DO NOTHING`,
  // Without a limit: the copy replaces one that was counted before, and an undo must not fail.
  sql`
    INSERT INTO daily_sends (account_id, day, used)
    SELECT d.account_id, CASE WHEN d.due_at > ${at} THEN coalesce(s.counted_on, value->>'day') ELSE value->>'day' END AS day, count(*)
    FROM ${eachOf(copies)} CROSS JOIN deliveries d ON d.id = value->>'id' AND d.account_id = ${accountId}
    CROSS JOIN sends s ON s.id = d.send_id
    GROUP BY 1, 2
    ON CONFLICT DO UPDATE SET used = daily_sends.used + excluded.used`,
]

/** Changes when a send leaves. For a batch, right after the statement that reschedules its mails: does nothing unless that changed a row. */
export const setSchedule = (
  db: Db,
  { accountId, sendId }: { accountId: string; sendId: string },
  { scheduledFor, countedOn }: { scheduledFor: number | null; countedOn: string },
) =>
  db.run(sql`
    UPDATE sends SET scheduled_for = ${scheduledFor}, counted_on = ${countedOn}
    WHERE account_id = ${accountId} AND id = ${sendId} AND changes() > 0`)
