/** Queries of `/healthz`. They read a few rows for each account with pending mails, however many mails those are. */
import { type SQL, sql } from 'drizzle-orm'
import { DEAD_LETTERS_MS, OVERDUE_MS, type WaitingMail } from '../domain/health'
import { LEASE_MS } from '../domain/timing'
import { type Db, runBatch } from './client'
import { WITH_LANES } from './dispatch'
import { overdueGroups } from './outages'

/** Rows read in each lane. More than one, because the first ones can become due only in the next minutes. */
const ROWS_PER_LANE = 10
const KEPT_MS = 30 * 24 * 60 * 60_000

export interface StoredHealth {
  waiting: WaitingMail[]
  paused: string | undefined
  deadLetters: number
  consumerFailedAt: number | undefined
}

interface FailureRow {
  reason: string
  deadLetters: number
  consumerFailedAt: number | null
}

/** Loads the stored state in one batch, which also proves that the database responds. */
export async function findStoredHealth(db: Db, now: number): Promise<StoredHealth> {
  const [waiting, overdue, paused, failures] = await runBatch<WaitingMail & FailureRow>(db, [
    longestPending(now),
    overdueGroups(),
    sql`SELECT reason FROM provider_states WHERE connection = 'deployment' AND (since IS NOT NULL OR paused_until > ${now})`,
    sql`SELECT coalesce(sum(messages) FILTER (WHERE kind = 'dead_letters'), 0) AS deadLetters,
        max(at) FILTER (WHERE kind = 'consumer') AS consumerFailedAt
      FROM queue_failures WHERE at > ${now - DEAD_LETTERS_MS}`,
  ])
  const failed = failures?.results[0]
  return {
    waiting: [...(waiting?.results ?? []), ...(overdue?.results ?? [])],
    paused: paused?.results[0]?.reason,
    deadLetters: failed?.deadLetters ?? 0,
    consumerFailedAt: failed?.consumerFailedAt ?? undefined,
  }
}

/** Returns when the first migration was applied, epoch ms. Throws where the migrations were not applied by Wrangler. */
export async function findDeployedAt(db: Db): Promise<number | undefined> {
  const first = await db.get<{ at: number }>(
    sql`SELECT unixepoch(applied_at) * 1000 AS at FROM d1_migrations ORDER BY id LIMIT 1`,
  )
  return first?.at
}

/**
 * Selects the longest waiting of the deliveries that are due and not dispatched, or were dispatched so long ago that they should have
 * left. The lease shows when one was dispatched, so the index by `due_at` finds both.
 */
const longestPending = (now: number): SQL => sql`
  ${WITH_LANES}
  SELECT d.priority, min(CASE d.status WHEN 'queued' THEN d.due_at ELSE d.attempt_due_at END) AS since
  FROM lane CROSS JOIN deliveries l ON l.id = lane.id
  CROSS JOIN deliveries d ON d.id IN (
    SELECT id FROM deliveries
    WHERE due_at IS NOT NULL AND connection = l.connection AND priority = l.priority AND account_id = l.account_id
      AND due_at <= ${now + LEASE_MS - OVERDUE_MS}
    ORDER BY due_at LIMIT ${ROWS_PER_LANE})
  WHERE d.status <> 'queued' OR d.due_at <= ${now}
  GROUP BY l.id`

export type QueueFailure = 'dead_letters' | 'consumer'

/** Records a failure of the queue and deletes old ones. Without failures, nothing is written. */
export const recordQueueFailure = (db: Db, kind: QueueFailure, messages: number, now: number) =>
  runBatch(db, [
    sql`INSERT INTO queue_failures (at, kind, messages) VALUES (${now}, ${kind}, ${messages})
      ON CONFLICT DO UPDATE SET messages = messages + excluded.messages`,
    sql`DELETE FROM queue_failures WHERE at < ${now - KEPT_MS}`,
  ])
