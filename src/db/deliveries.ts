/** Queries of the queue consumer. Lists are bound as one JSON parameter; every update requires the status that it leaves. */

import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { AttemptResult } from '../domain/attempt'
import { DELIVERY_RANK } from '../domain/delivery'
import { RATE_LIMITED } from '../domain/pause'
import { type Db, jsonList, prebuilt } from './client'
import type { LoadedDelivery } from './loaded-delivery'
import { type BrokenDelivery, type LoadedRow, parseLoaded } from './parse-loaded'

/** Loads those of `ids` that are dispatched, with everything to render and send them, or why that can't be done. */
export async function loadDispatched(db: Db, ids: string[]): Promise<(LoadedDelivery | BrokenDelivery)[]> {
  const rows = await db.all<LoadedRow>(sql`
    SELECT d.id, d.account_id AS accountId, d.document_id AS documentId, d.address, d.purpose, d.connection, d.attempt,
      d.due_at AS dueAt, d.times_begun AS timesBegun, d.reason AS waitReason, d.link_created_at AS firstAttemptAt, d.sender_address AS lastSender,
      d.send_id AS sendId, a.closing_at IS NOT NULL AS closing, a.resting_at IS NOT NULL AS resting, d.link_hash AS linkHash, s.language, s.origin, s.subject, s.body, s.attach_pdf AS attachPdf,
      s.id IS NOT NULL AS hasSend, c.id IS NOT NULL AS hasDocument, c.attachments, s.attachments AS chosen,
      c.number, c.pdf_sha256 AS pdfSha256, c.credited, c.paid_at AS paidAt, c.paper AS snapshot, a.company, a.logo, a.settings, a.sender_address AS sender, u.reason AS suppressedBy,
      (SELECT json_group_array(o.address) FROM deliveries o
        WHERE o.account_id = d.account_id AND o.document_id = d.document_id AND o.send_id = d.send_id
          AND o.purpose = 'customer' AND o.id <> d.id) AS alsoSentTo
    FROM json_each(${jsonList(ids)}) j
    CROSS JOIN deliveries d ON d.id = j.value AND d.status = 'dispatched'
    LEFT JOIN sends s ON s.id = d.send_id
    LEFT JOIN documents c ON c.account_id = d.account_id AND c.id = d.document_id
    LEFT JOIN accounts a ON a.id = d.account_id
    LEFT JOIN suppressions u ON u.account_id = d.account_id AND u.address_key = lower(d.address) AND u.reason IS NOT d.despite`)
  return rows.map(parseLoaded)
}

/** Finds those of `ids` that are dispatched, by their own columns alone: for deliveries that can't be loaded. */
export const findDispatched = (db: Db, ids: string[]) =>
  db.all<{ id: string; accountId: string; documentId: string }>(sql`
    SELECT d.id, d.account_id AS accountId, d.document_id AS documentId
    FROM json_each(${jsonList(ids)}) j CROSS JOIN deliveries d ON d.id = j.value AND d.status = 'dispatched'`)

export interface Claim {
  id: string
  linkHash: string
  /** From address of the mail, where it is not the platform's. */
  sender: string | null
}

/**
 * For a batch: claims dispatched deliveries ('dispatched' → 'sending') whose addresses are not suppressed at this moment. Returns the claimed, with
 * the number of this attempt.
 * @param lease how long it must still last to cover a whole provider call, or until when it is renewed; both epoch ms
 */
export function claimForSending(
  claims: Claim[],
  now: number,
  { atLeast = 0, until }: { atLeast?: number; until?: number },
): SQLWrapper {
  const values = { claims: jsonList(claims), now, atLeast }
  return until === undefined ? claimWithLease(values) : claimAndRenew({ ...values, until })
}

const claimWithLease = prebuilt<{ claims: string; now: number; atLeast: number }>((values) => claimSql(values, sql``))

const claimAndRenew = prebuilt<{ claims: string; now: number; atLeast: number; until: number }>((values) =>
  claimSql(values, sql`due_at = ${values.until},`),
)

const claimSql = ({ claims, now, atLeast }: Record<'claims' | 'now' | 'atLeast', unknown>, renewal: SQL): SQL => sql`
  UPDATE deliveries
  SET status = 'sending', rank = ${DELIVERY_RANK.sending}, attempt = attempt + 1, times_begun = NULL, ${renewal}
    link_hash = claim.hash, link_created_at = coalesce(link_created_at, ${now}), sender_address = claim.sender
  FROM (SELECT value->>'id' AS id, value->>'linkHash' AS hash, value->>'sender' AS sender FROM json_each(${claims})) claim
  WHERE deliveries.id = claim.id AND status = 'dispatched' AND due_at >= ${atLeast}
    AND NOT EXISTS (SELECT 1 FROM suppressions s
      WHERE s.account_id = deliveries.account_id AND s.address_key = lower(deliveries.address)
        AND s.reason IS NOT deliveries.despite)
  RETURNING deliveries.id, attempt`

/**
 * Writes the outcomes of attempts. A row that an early provider event has moved keeps the status of the event. A row that the sweep has
 * marked as unknown takes an outcome of a higher rank.
 */
export const writeAttemptResults = (results: AttemptResult[]): SQLWrapper =>
  writeResults({ results: jsonList(results) })

const writeResults = prebuilt<{ results: string }>(
  ({ results }) => sql`
    UPDATE deliveries
    SET status = r.status, rank = r.rank, due_at = r.dueAt, sent_at = coalesce(r.sentAt, sent_at), ended_at = r.endedAt,
      provider_message_id = coalesce(r.pmid, provider_message_id), reason = r.reason, server_text = r.serverText,
      attempt = CASE WHEN r.counts THEN deliveries.attempt ELSE deliveries.attempt - 1 END
    FROM (SELECT value->>'id' AS id, value->>'attempt' AS attempt, value->>'status' AS status, value->>'rank' AS rank,
        value->>'dueAt' AS dueAt, value->>'sentAt' AS sentAt, value->>'endedAt' AS endedAt,
        value->>'providerMessageId' AS pmid, value->>'reason' AS reason, value->>'serverText' AS serverText,
        value->>'counts' AS counts
      FROM json_each(${results})) r
    WHERE deliveries.id = r.id AND deliveries.attempt = r.attempt
      AND (deliveries.status = 'sending' OR (deliveries.status = 'unknown' AND r.rank > deliveries.rank))`,
)

/** Ends dispatched rows whose address is suppressed, with the suppression's reason. */
export function dropSuppressed(db: Db, ids: string[], now: number) {
  return db.all<{ id: string; reason: string }>(sql`
    UPDATE deliveries SET status = 'dropped', rank = ${DELIVERY_RANK.dropped}, due_at = NULL, ended_at = ${now}, reason = s.reason
    FROM suppressions s
    WHERE deliveries.id IN (SELECT value FROM json_each(${jsonList(ids)})) AND deliveries.status = 'dispatched'
      AND s.account_id = deliveries.account_id AND s.address_key = lower(deliveries.address)
      AND s.reason IS NOT deliveries.despite
    RETURNING deliveries.id, deliveries.reason`)
}

/** Ends rows that can't be sent because of a fault in Facteur, so no address is blamed. */
export function failDispatched(db: Db, ids: string[], reason: string, now: number) {
  return db.run(sql`
    UPDATE deliveries SET status = 'failed', rank = ${DELIVERY_RANK.failed}, due_at = NULL, ended_at = ${now}, reason = ${reason}
    WHERE id IN (SELECT value FROM json_each(${jsonList(ids)})) AND status = 'dispatched'`)
}

/** Marks deliveries `unknown` whose lease ran out while sending, until an event or a person settles them. */
export function markLost(db: Db, ids: string[], now: number) {
  return db.run(sql`
    UPDATE deliveries SET status = 'unknown', rank = ${DELIVERY_RANK.unknown}, due_at = NULL, ended_at = ${now}, reason = 'lost_answer'
    WHERE id IN (SELECT value FROM json_each(${jsonList(ids)})) AND status = 'sending' AND due_at <= ${now}`)
}

/** For a batch: lets deliveries whose lease ran out while sending wait for another attempt. */
export const repeatLost = (ids: string[], now: number): SQL => sql`
  UPDATE deliveries SET status = 'queued', rank = ${DELIVERY_RANK.queued}, due_at = ${now}, reason = 'lost_answer'
  WHERE id IN (SELECT value FROM json_each(${jsonList(ids)})) AND status = 'sending' AND due_at <= ${now}`

/** For a batch: marks dispatched deliveries `unknown` that the provider may have taken, and would not recognise. */
export const markDoubtful = (ids: string[], now: number): SQL => sql`
  UPDATE deliveries SET status = 'unknown', rank = ${DELIVERY_RANK.unknown}, due_at = NULL, ended_at = ${now}
  WHERE id IN (SELECT value FROM json_each(${jsonList(ids)})) AND status = 'dispatched'`

export interface SendScope {
  accountId: string
  documentId: string
  sendId: string
}

/** Matches the deliveries of a send that were never attempted and wait in the queue. */
export const waitingOf = ({ accountId, documentId, sendId }: SendScope): SQL => sql`
  account_id = ${accountId} AND document_id = ${documentId} AND send_id = ${sendId} AND status = 'queued' AND attempt = 0`

/** Cancels the deliveries of a send that still wait. */
export function cancelQueued(db: Db, scope: SendScope, now: number) {
  return db.all<{ id: string }>(sql`
    UPDATE deliveries SET status = 'cancelled', rank = ${DELIVERY_RANK.cancelled}, due_at = NULL, ended_at = ${now}
    WHERE ${waitingOf(scope)}
    RETURNING id`)
}

/** Counts the mails of a send to the customer that were not cancelled. */
export const countNotCancelled = ({ accountId, documentId, sendId }: SendScope): SQL => sql`
  SELECT count(*) AS n FROM deliveries
  WHERE account_id = ${accountId} AND document_id = ${documentId} AND send_id = ${sendId}
    AND purpose = 'customer' AND status <> 'cancelled'`

/** Lists the sends of a bulk send, of these documents, of which a mail was cancelled. */
export const listCancelled = (db: Db, accountId: string, bulkId: string, documentIds: string[]) =>
  db.all<{ documentId: string; sendId: string }>(sql`
    SELECT DISTINCT d.document_id AS documentId, d.send_id AS sendId
    FROM json_each(${jsonList(documentIds)}) j
    CROSS JOIN deliveries d ON d.account_id = ${accountId} AND d.document_id = j.value
    WHERE d.bulk_id = ${bulkId} AND d.status = 'cancelled'`)

/** Moves the deliveries of a send that still wait for their first attempt to another time. */
export function moveQueued(db: Db, scope: SendScope, dueAt: number) {
  return db.all<{ id: string }>(sql`
    UPDATE deliveries SET due_at = ${dueAt}, overdue_since = NULL
    WHERE ${waitingOf(scope)}
    RETURNING id`)
}

/** Pauses a connection, for a batch. Two runs that fail at the same time count as one failure. */
export function pauseConnection(
  db: Db,
  pause: { connection: string; until: number; reason: string; text: string },
  now: number,
) {
  // A provider that wants fewer calls works: there is no trouble that a mail must end.
  const trouble = pause.reason === RATE_LIMITED ? 0 : 1
  return db.run(sql`
    INSERT INTO provider_states (connection, paused_until, reason, server_text, updated_at, since, failures)
    VALUES (${pause.connection}, ${pause.until}, ${pause.reason}, ${pause.text}, ${now}, ${trouble ? now : null}, ${trouble})
    ON CONFLICT (connection) DO UPDATE SET paused_until = max(paused_until, excluded.paused_until), reason = excluded.reason,
      server_text = excluded.server_text, updated_at = excluded.updated_at, since = coalesce(since, excluded.since),
      failures = failures + (paused_until <= ${now} AND ${trouble})`)
}

/** Ends the trouble of a connection, for a batch. One that was paused again in the meantime stays paused. */
export function recoverConnection(db: Db, connection: string, now: number) {
  return db.run(sql`
    UPDATE provider_states SET paused_until = 0, updated_at = ${now}, since = NULL, failures = 0
    WHERE connection = ${connection} AND paused_until <= ${now}`)
}

/** Puts dispatched deliveries back until `until`, without counting an attempt, since their connection is paused. */
export function putBackDispatched(db: Db, ids: string[], until: number) {
  return db.run(sql`
    UPDATE deliveries SET status = 'queued', rank = ${DELIVERY_RANK.queued}, due_at = ${until}
    WHERE id IN (SELECT value FROM json_each(${jsonList(ids)})) AND status = 'dispatched'`)
}
