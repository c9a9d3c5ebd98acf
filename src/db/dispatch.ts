/** Queries of the cron tick. Each one reads due rows only, however many deliveries there are. */
import { sql } from 'drizzle-orm'
import { DELIVERY_RANK, type DeliveryStatus } from '../domain/delivery'
import { DOUBTS } from '../domain/repeat'
import { constants, type Db, jsonList } from './client'
import { firstOfGroups } from './first-of-groups'

/** Deliveries that wait for the same provider, with the same priority, for the same account. */
export interface Lane {
  connection: string
  priority: number
  accountId: string
}

/** A CTE `lane(id)` with the first delivery of each lane, due or not. */
export const WITH_LANES = firstOfGroups('lane', {
  groups: ['connection', 'priority', 'account_id'],
  order: 'due_at',
  from: sql`FROM deliveries WHERE due_at IS NOT NULL`,
})

/** Returns the lanes that have something due, and those whose first delivery is overdue but waits for its provider. */
export function listDueLanes(db: Db, now: number): Promise<(Lane & { dueAt: number; overdueSince: number | null })[]> {
  return db.all(sql`
    ${WITH_LANES}
    SELECT d.connection, d.priority, d.account_id AS accountId, d.due_at AS dueAt, d.overdue_since AS overdueSince
    FROM lane CROSS JOIN deliveries d ON d.id = lane.id WHERE d.due_at <= ${now} OR d.overdue_since IS NOT NULL`)
}

export interface DueDelivery {
  id: string
  accountId: string
  documentId: string
  connection: string
  status: DeliveryStatus
  attempt: number
  /** Epoch ms; null = not attempted, or its contact was forgotten. */
  firstAttemptAt: number | null
  timesBegun: number | null
}

/** Returns the first `share` due deliveries of each of these accounts, in one connection and priority. */
export function listDue(
  db: Db,
  lanes: { connection: string; priority: number; accountIds: string[] },
  share: number,
  now: number,
): Promise<DueDelivery[]> {
  return db.all<DueDelivery>(sql`
    SELECT d.id, d.account_id AS accountId, d.document_id AS documentId, d.connection, d.status, d.attempt,
      d.link_created_at AS firstAttemptAt, d.times_begun AS timesBegun
    FROM json_each(${jsonList(lanes.accountIds)}) lane
    CROSS JOIN deliveries d ON d.id IN (
      SELECT id FROM deliveries
      WHERE due_at IS NOT NULL AND connection = ${lanes.connection} AND priority = ${lanes.priority}
        AND account_id = lane.value AND due_at <= ${now}
      ORDER BY due_at LIMIT ${share})`)
}

/**
 * Claims deliveries that are still due, and returns their ids. One that was dispatched before was lost on its way, so it is overdue and
 * its beginnings are counted from now on. The reason `sending_rests` goes: if the account still rests, `deliver` sets it again.
 */
export function claimForDispatch(db: Db, ids: string[], lease: number, now: number) {
  return db.all<{ id: string }>(sql`
    UPDATE deliveries SET status = 'dispatched', rank = ${DELIVERY_RANK.dispatched}, due_at = ${lease},
      attempt_due_at = CASE status WHEN 'queued' THEN due_at ELSE attempt_due_at END,
      overdue_since = CASE status WHEN 'dispatched' THEN coalesce(overdue_since, attempt_due_at, due_at) ELSE overdue_since END,
      times_begun = ${TIMES_BEGUN}, reason = CASE WHEN reason IS NOT 'sending_rests' THEN reason END
    WHERE id IN (SELECT value FROM json_each(${jsonList(ids)})) AND due_at <= ${now} AND status IN ('queued', 'dispatched')
    RETURNING id`)
}

/** Begins to count for a row that is still dispatched when it is due: its lease ran out. */
const TIMES_BEGUN = sql`CASE status WHEN 'dispatched' THEN coalesce(times_begun, 0) ELSE times_begun END`

/** Postpones all due deliveries of a connection until `until`. They are overdue, except those that rest: these wait for an owner of their account. */
export function postponeConnection(db: Db, connection: string, until: number, now: number) {
  return db.run(sql`
    UPDATE deliveries SET status = 'queued', rank = ${DELIVERY_RANK.queued}, due_at = ${until},
      overdue_since = CASE WHEN reason IS NOT 'sending_rests'
        THEN coalesce(overdue_since, CASE status WHEN 'dispatched' THEN attempt_due_at END, due_at) END,
      times_begun = ${TIMES_BEGUN}
    WHERE due_at IS NOT NULL AND connection = ${connection} AND due_at <= ${now} AND status IN ('queued', 'dispatched')`)
}

/** Moves a connection's due mails to another. Dispatched ones stay, since their message is on the queue, and so do those that the provider may have taken. For a batch. */
export const moveDue = (
  db: Db,
  { from, to, failedAttempts }: { from: string; to: string; failedAttempts: number },
  now: number,
) =>
  db.run(sql`
    UPDATE deliveries SET connection = ${to}
    WHERE due_at IS NOT NULL AND connection = ${from} AND due_at <= ${now} AND status = 'queued' AND attempt >= ${failedAttempts}
      AND (reason IS NULL OR reason NOT IN ${constants(DOUBTS)})`)

/** A connection that is paused, or was when it was last used. */
export interface Pause {
  connection: string
  /** Epoch ms; a time in the past means that one mail tests the connection. */
  pausedUntil: number
  /** Consecutive pauses. */
  failures: number
}

/** Returns the connections that are paused, or were when they were last used. */
export function listPauses(db: Db, now: number): Promise<Pause[]> {
  return db.all<Pause>(sql`
    SELECT connection, paused_until AS pausedUntil, failures FROM provider_states WHERE paused_until > ${now} OR failures > 0`)
}

/** Returns deliveries of one connection that were being sent when their leases ran out. */
export function listDueSending(db: Db, connection: string, limit: number, now: number): Promise<DueDelivery[]> {
  return db.all<DueDelivery>(sql`
    SELECT id, account_id AS accountId, document_id AS documentId, connection, status, attempt,
      link_created_at AS firstAttemptAt, times_begun AS timesBegun
    FROM deliveries INDEXED BY deliveries_due
    WHERE due_at IS NOT NULL AND connection = ${connection} AND due_at <= ${now} AND status = 'sending' LIMIT ${limit}`)
}
