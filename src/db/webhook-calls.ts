/** Queries of events on their way to endpoints. */
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Db } from './client'
import { jsonList } from './client'
import { outgoingEvents, webhookCalls, webhookEndpoints } from './schema'
import type { EndpointRef, WebhookEndpoint } from './webhook-endpoints'

export type WebhookCall = typeof webhookCalls.$inferSelect
export type OutgoingEvent = typeof outgoingEvents.$inferSelect
export type CallRef = Pick<WebhookCall, 'accountId' | 'endpointId' | 'eventId'>

/** A call that is claimed, with what it takes to make it. */
export interface DueCall {
  call: WebhookCall
  event: OutgoingEvent
  endpoint: WebhookEndpoint
}

/** Calls looked at for a claim, and those of one endpoint at a time: nobody waits behind another's thousands. */
const MAX_LOOKED_AT = 1000
const OF_ONE_ENDPOINT = 10

/** Claims calls that are due until `leasedUntil`. One that dies meanwhile is made again then. */
export async function claimDueCalls(db: Db, now: number, leasedUntil: number, limit: number): Promise<DueCall[]> {
  const claimed = await db.all<{ account_id: string; endpoint_id: string; event_id: string }>(sql`
    UPDATE webhook_calls SET due_at = ${leasedUntil} WHERE (account_id, endpoint_id, event_id) IN (
      SELECT account_id, endpoint_id, event_id FROM (
        SELECT *, row_number() OVER (PARTITION BY account_id, endpoint_id ORDER BY due_at) AS place
        FROM (SELECT account_id, endpoint_id, event_id, due_at FROM webhook_calls
          WHERE due_at IS NOT NULL AND due_at <= ${now} ORDER BY due_at LIMIT ${MAX_LOOKED_AT}))
      WHERE place <= ${OF_ONE_ENDPOINT} ORDER BY due_at LIMIT ${limit})
    RETURNING account_id, endpoint_id, event_id`)
  if (claimed.length === 0) return []
  const rows = await db
    .select({ call: webhookCalls, event: outgoingEvents, endpoint: webhookEndpoints })
    .from(sql`json_each(${jsonList(claimed)}) j`)
    .innerJoin(
      webhookCalls,
      sql`${webhookCalls.accountId} = j.value->>'account_id' AND ${webhookCalls.endpointId} = j.value->>'endpoint_id'
        AND ${webhookCalls.eventId} = j.value->>'event_id'`,
    )
    .innerJoin(
      outgoingEvents,
      and(eq(outgoingEvents.accountId, webhookCalls.accountId), eq(outgoingEvents.id, webhookCalls.eventId)),
    )
    .innerJoin(
      webhookEndpoints,
      and(eq(webhookEndpoints.accountId, webhookCalls.accountId), eq(webhookEndpoints.id, webhookCalls.endpointId)),
    )
  return rows
}

const is = ({ accountId, endpointId, eventId }: CallRef) =>
  and(eq(webhookCalls.accountId, accountId), eq(webhookCalls.endpointId, endpointId), eq(webhookCalls.eventId, eventId))

/** Writes what became of a call. For a batch. */
export const updateCall = (
  db: Db,
  ref: CallRef,
  changes: Partial<Pick<WebhookCall, 'state' | 'attempts' | 'dueAt' | 'log'>>,
) => db.update(webhookCalls).set(changes).where(is(ref)).returning({ eventId: webhookCalls.eventId })

/** Gives up the waiting calls of an endpoint. For a batch. */
export const stopCalls = (db: Db, { accountId, id }: EndpointRef) =>
  db
    .update(webhookCalls)
    .set({ state: 'stopped', dueAt: null })
    .where(
      and(eq(webhookCalls.accountId, accountId), eq(webhookCalls.endpointId, id), eq(webhookCalls.state, 'waiting')),
    )

/** Deletes the calls of an endpoint. For a batch. */
export const deleteCalls = (db: Db, { accountId, id }: EndpointRef) =>
  db.delete(webhookCalls).where(and(eq(webhookCalls.accountId, accountId), eq(webhookCalls.endpointId, id)))

/** Lists the calls of an endpoint with their events, newest first. `before` is the event of the last one seen. */
export const listCalls = (
  db: Db,
  { accountId, id }: EndpointRef,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<{ call: WebhookCall; event: OutgoingEvent }[]> =>
  db
    .select({ call: webhookCalls, event: outgoingEvents })
    .from(webhookCalls)
    .innerJoin(
      outgoingEvents,
      and(eq(outgoingEvents.accountId, webhookCalls.accountId), eq(outgoingEvents.id, webhookCalls.eventId)),
    )
    .where(
      and(
        eq(webhookCalls.accountId, accountId),
        eq(webhookCalls.endpointId, id),
        before === undefined ? undefined : lt(webhookCalls.eventId, before),
      ),
    )
    .orderBy(desc(webhookCalls.eventId))
    .limit(limit)

const JOB = sql`account_id = '' AND kind = 'post_events' AND id = ''`

/** Lets the background job post what is due at once. For a batch. */
export const wakePosting = (now: number) => sql`
  INSERT INTO chores (account_id, kind, id, position, due_at) VALUES ('', 'post_events', '', '', ${now})
  ON CONFLICT (account_id, kind, id) DO UPDATE SET due_at = excluded.due_at`

/** Sets when the background job posts next, or ends it if nothing waits. */
export const schedulePosting = () => [
  sql`DELETE FROM chores WHERE ${JOB} AND NOT EXISTS (SELECT 1 FROM webhook_calls WHERE due_at IS NOT NULL)`,
  sql`UPDATE chores SET due_at = (SELECT min(due_at) FROM webhook_calls WHERE due_at IS NOT NULL) WHERE ${JOB}`,
]
