/** Statements that write provider events. They compare ranks, so a late or repeated event never moves a delivery back. */
import { sql } from 'drizzle-orm'
import type { DeliveryStatus } from '../domain/delivery'
import { type Db, jsonList } from './client'

export interface EventTarget {
  id: string
  accountId: string
  documentId: string
  /** The status before the events. */
  status: DeliveryStatus
  /** 1 when deliveries to this address have been given up and none has been delivered since. */
  givenUp: number
}

/** Lists the deliveries of `ids` that this connection has sent. Its events must not change others. */
export function listEventTargets(db: Db, connection: string, ids: string[]) {
  return db.all<EventTarget>(sql`
    SELECT d.id, d.account_id AS accountId, d.document_id AS documentId, d.status,
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
 * any attempt cancels it; other events leave it alone.
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
      AND (m.anyAttempt OR (deliveries.status NOT IN ('queued', 'dispatched')
        AND (m.attempt = 0 OR m.attempt = deliveries.attempt)))`)
}

export interface RawEvent {
  key: string
  deliveryId: string
  event: unknown
}

/** Inserts raw events, each key once. */
export function insertRawEvents(db: Db, connection: string, events: RawEvent[], now: number) {
  return db.run(sql`
    INSERT INTO provider_events (connection, key, delivery_id, received_at, event)
    SELECT ${connection}, value->>'key', value->>'deliveryId', ${now}, value->'event'
    FROM json_each(${jsonList(events)}) WHERE true
    ON CONFLICT DO NOTHING`)
}
