/** Queries of the events for programs. */
import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { OutgoingEventType } from '../domain/outgoing-event'
import type { Db } from './client'
import { jsonList } from './client'
import { outgoingEvents, webhookCalls } from './schema'
import type { OutgoingEvent } from './webhook-calls'

/** Lists the events of one mode, newest first. `before` is the id of the last one seen. Looks along at most 1,000 of them. */
export async function listOutgoingEvents(
  db: Db,
  { accountId, test, types }: { accountId: string; test: boolean; types: OutgoingEventType[] | undefined },
  { before, limit }: { before: string | undefined; limit: number },
): Promise<OutgoingEvent[]> {
  const latest = db
    .select()
    .from(outgoingEvents)
    .where(
      and(eq(outgoingEvents.accountId, accountId), before === undefined ? undefined : lt(outgoingEvents.id, before)),
    )
    .orderBy(desc(outgoingEvents.id))
    .limit(LOOK_BACK)
    .as('latest')
  return db
    .select()
    .from(latest)
    .where(
      and(eq(latest.test, test), types && sql`${latest.type} IN (SELECT value FROM json_each(${jsonList(types)}))`),
    )
    .orderBy(desc(latest.id))
    .limit(limit)
}

const LOOK_BACK = 1000

/** Records that these sends were queued. For their batch, after they were inserted; the same event twice is one. */
export const insertQueuedEvents = (accountId: string, sendIds: readonly string[], now: number): SQL => sql`
  INSERT INTO outgoing_events (account_id, id, type, at, test, document_id, send_id, data)
  SELECT s.account_id, printf('evt_%012x%s', s.created_at, substr(s.id, -16)), 'send.queued', s.created_at, s.document_id >= 'doc_test_',
    s.document_id, s.id, json_object('origin', s.origin)
  FROM json_each(${jsonList(sendIds)}) j CROSS JOIN sends s ON s.id = j.value
  WHERE s.account_id = ${accountId} AND s.created_at = ${now}
  ON CONFLICT DO NOTHING`

export const findOutgoingEvent = (db: Db, accountId: string, id: string): Promise<OutgoingEvent | undefined> =>
  db
    .select()
    .from(outgoingEvents)
    .where(and(eq(outgoingEvents.accountId, accountId), eq(outgoingEvents.id, id)))
    .get()

/** Inserts an event that tries an endpoint, and its call. For a batch. */
export const insertTestEvent = (db: Db, event: OutgoingEvent, endpointId: string) => [
  db.insert(outgoingEvents).values(event).onConflictDoNothing(),
  db
    .insert(webhookCalls)
    .values({
      ...{ accountId: event.accountId, endpointId, eventId: event.id },
      ...{ state: 'waiting', attempts: 0, dueAt: event.at, log: [] },
    })
    .onConflictDoNothing(),
]

/** Deletes up to `limit` events whose id is below `before`, and as many calls; returns how many rows. */
export async function deleteOldEvents(db: Db, before: string, limit: number): Promise<number> {
  const events = await db.run(sql`
    DELETE FROM outgoing_events WHERE (account_id, id) IN (
      SELECT o.account_id, o.id FROM accounts a CROSS JOIN outgoing_events o ON o.account_id = a.id AND o.id < ${before}
      WHERE a.records_events = 1
      LIMIT ${limit})`)
  const calls = await db.run(sql`
    DELETE FROM webhook_calls WHERE (account_id, endpoint_id, event_id) IN (
      SELECT c.account_id, c.endpoint_id, c.event_id FROM webhook_endpoints e
      CROSS JOIN webhook_calls c ON c.account_id = e.account_id AND c.endpoint_id = e.id AND c.event_id < ${before}
      LIMIT ${limit})`)
  return events.meta.changes + calls.meta.changes
}

export async function hasEvents(db: Db): Promise<boolean> {
  return (await db.get(sql`SELECT 1 FROM outgoing_events LIMIT 1`)) !== undefined
}
