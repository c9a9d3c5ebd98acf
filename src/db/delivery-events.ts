/** Statements that write provider events. They compare ranks, so a late or repeated event never moves a delivery back. */
import { type SQL, sql } from 'drizzle-orm'
import type { DeliveryStatus } from '../domain/delivery'
import type { DeliveryEvent } from '../domain/delivery-event'
import { DOUBTS } from '../domain/repeat'
import { type Db, jsonList } from './client'
import { readJson } from './read-json'
import { DELIVERY_EVENT } from './stored-shapes'

export interface EventTarget {
  id: string
  accountId: string
  documentId: string
  /** Empty once its contact is forgotten. */
  address: string
  /** The status before the events. */
  status: DeliveryStatus
  /** 1 when deliveries to this address have been given up and none has been delivered since. */
  givenUp: number
}

/** Lists the deliveries of `ids` that this connection has sent. Its events must not change others. */
export function listEventTargets(db: Db, connection: string, ids: string[]) {
  return db.all<EventTarget>(sql`
    SELECT d.id, d.account_id AS accountId, d.document_id AS documentId, d.address, d.status,
      EXISTS (SELECT 1 FROM problems p
        WHERE p.repeated = 1 AND p.account_id = d.account_id AND p.address_key = lower(d.address)) AS givenUp
    FROM json_each(${jsonList(ids)}) j CROSS JOIN deliveries d ON d.id = j.value AND d.connection = ${connection}`)
}

export interface StatusMove {
  id: string
  status: DeliveryStatus
  rank: number
  /** 0 = the provider can't tell. */
  attempt: number
  /** Delivered, bounced and complained count from any attempt; the rest only from the current one. */
  anyAttempt: boolean
  at: number
  reason: string | null
  text: string | null
}

/**
 * Raises the status of deliveries to that of their events. If a retry is still waiting (queued or dispatched), an event that counts from
 * any attempt cancels it, and so does every event if the retry only waits because nothing was known of the mail: the provider took it, and
 * would answer the repeat without another event. Other events leave it alone.
 */
export function moveByEvents(db: Db, connection: string, moves: StatusMove[]) {
  return db.run(sql`
    UPDATE deliveries
    SET status = m.status, rank = m.rank, due_at = NULL,
      sent_at = CASE WHEN m.status IN ('sent', 'deferred', 'delivered', 'complained') THEN coalesce(sent_at, m.at) ELSE sent_at END,
      delivered_at = CASE m.status WHEN 'delivered' THEN m.at ELSE delivered_at END,
      ended_at = CASE WHEN m.status IN ('sent', 'delivered') THEN NULL ELSE m.at END,
      reason = m.reason, server_text = coalesce(m.text, server_text)
    FROM (SELECT value->>'id' AS id, value->>'status' AS status, value->>'rank' AS rank, value->>'attempt' AS attempt,
        value->>'anyAttempt' AS anyAttempt, value->>'at' AS at, value->>'reason' AS reason, value->>'text' AS text
      FROM json_each(${jsonList(moves)})) m
    WHERE deliveries.id = m.id AND deliveries.connection = ${connection} AND deliveries.rank < m.rank
      AND (m.anyAttempt OR CASE WHEN deliveries.status IN ('queued', 'dispatched')
        THEN deliveries.reason IN (SELECT value FROM json_each(${jsonList(DOUBTS)}))
        ELSE m.attempt = 0 OR m.attempt = deliveries.attempt END)`)
}

export interface RawEvent {
  key: string
  deliveryId: string
  event: unknown
  /** Epoch ms, for an event that found no delivery yet. */
  matchUntil?: number
}

/** Inserts raw events, each once. */
export function insertRawEvents(db: Db, connection: string, events: RawEvent[], now: number) {
  return db.run(sql`
    INSERT INTO provider_events (connection, key, delivery_id, received_at, event, match_until)
    SELECT ${connection}, value->>'key', value->>'deliveryId', ${now}, value->'event', value->>'matchUntil'
    FROM json_each(${jsonList(events)}) WHERE true
    ON CONFLICT DO NOTHING`)
}

/** For a batch: ends the waiting of kept events that have found their delivery. */
export const settleRawEvents = (connection: string, events: RawEvent[]): SQL => sql`
  UPDATE provider_events SET match_until = NULL, delivery_id = e.deliveryId
  FROM (SELECT value->>'key' AS key, value->>'deliveryId' AS deliveryId FROM json_each(${jsonList(events)})) e
  WHERE provider_events.connection = ${connection} AND provider_events.key = e.key`

export interface UnmatchedEvent {
  connection: string
  matchUntil: number
  event: DeliveryEvent
}

/** Returns kept events that wait for their delivery, those that expire first in front. Costs no row while there are none. */
export async function listUnmatchedEvents(db: Db, limit: number): Promise<UnmatchedEvent[]> {
  const rows = await db.all<{ connection: string; matchUntil: number; event: string }>(sql`
    SELECT connection, match_until AS matchUntil, event FROM provider_events
    WHERE match_until IS NOT NULL ORDER BY match_until LIMIT ${limit}`)
  return rows.map((row) => ({ ...row, event: readJson(DELIVERY_EVENT, row.event) }))
}

/** Leaves events unmatched whose time is over. */
export const expireUnmatched = (db: Db, until: number) =>
  db.run(sql`UPDATE provider_events SET match_until = NULL WHERE match_until <= ${until}`)

/** Records a key under which one body may come, however often. Returns false for another body. */
export async function claimReplayKey(
  db: Db,
  { connection, key, body }: { connection: string; key: string; body: string },
  now: number,
): Promise<boolean> {
  const event = JSON.stringify({ body })
  const row = await db.get<{ same: number }>(sql`
    INSERT INTO provider_events (connection, key, delivery_id, received_at, event)
    VALUES (${connection}, ${key}, '', ${now}, ${event})
    ON CONFLICT DO UPDATE SET received_at = received_at
    RETURNING event = ${event} AS same`)
  return row?.same === 1
}

export interface ReportedDelivery {
  id: string
  accountId: string
  documentId: string
  connection: string
  address: string
}

/** Returns a delivery that a bounce mail names. */
export const findReportedDelivery = (db: Db, id: string) =>
  db.get<ReportedDelivery | undefined>(sql`
    SELECT id, account_id AS accountId, document_id AS documentId, connection, address FROM deliveries WHERE id = ${id}`)
