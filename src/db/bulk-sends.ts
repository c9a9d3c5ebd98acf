/** Bulk sends as wholes; their documents are in `bulk-documents.ts`. A step's statement moves the cursor only from where it was found. */
import { and, desc, eq, isNotNull, lt, type SQL, sql } from 'drizzle-orm'
import { type BulkState, isWorking, type Tally } from '../domain/bulk-send'
import { DELIVERY_RANK } from '../domain/delivery'
import { allOrNothing, type Db } from './client'
import { bulkSends } from './schema'

export type StoredBulkSend = typeof bulkSends.$inferSelect
export type NewBulkSend = Pick<StoredBulkSend, 'accountId' | 'id' | 'test' | 'source' | 'createdAt' | 'createdBy'>

export interface BulkRef {
  accountId: string
  id: string
}

const is = ({ accountId, id }: BulkRef) => and(eq(bulkSends.accountId, accountId), eq(bulkSends.id, id))

/** One that is there already stays as it is: the same form sent twice. */
export const insertBulkSend = (db: Db, bulk: NewBulkSend) =>
  db
    .insert(bulkSends)
    .values({ ...bulk, state: 'collecting', working: 1, tally: {} })
    .onConflictDoNothing()

export const findBulkSend = (db: Db, ref: BulkRef): Promise<StoredBulkSend | undefined> =>
  db.select().from(bulkSends).where(is(ref)).get()

/** For a batch: from then on nobody can confirm it, and no step is done any more. */
export const deleteUnconfirmed = ({ accountId, id }: BulkRef): SQL => sql`
  DELETE FROM bulk_sends WHERE account_id = ${accountId} AND id = ${id} AND confirmed_at IS NULL`

/** Newest first. */
export const listBulkSends = (
  db: Db,
  accountId: string,
  { test, before, limit }: { test: boolean; before?: string | undefined; limit: number },
): Promise<StoredBulkSend[]> =>
  db
    .select()
    .from(bulkSends)
    .where(
      and(eq(bulkSends.accountId, accountId), eq(bulkSends.test, test), before ? lt(bulkSends.id, before) : undefined),
    )
    .orderBy(desc(bulkSends.id))
    .limit(limit)

/** Those with a step to do, of all accounts. */
export const listWorkingBulkSends = (db: Db, limit: number): Promise<BulkRef[]> =>
  db
    .select({ accountId: bulkSends.accountId, id: bulkSends.id })
    .from(bulkSends)
    .where(isNotNull(bulkSends.working))
    .limit(limit)

/** What a step leaves behind: a place further on, or the next state. */
export interface Step {
  from: { state: BulkState; cursor: string }
  cursor: string
  /** Absent = there is more to do in this state. */
  next?: BulkState | undefined
}

/** For a batch, first: a step that another request did meanwhile ends the whole batch (`isNotAll`). */
export function advanceBulkSend(ref: BulkRef, { from, cursor, next }: Step, more: SQL[] = []): SQL[] {
  const state = next ?? from.state
  const set = [
    sql`state = ${state}`,
    sql`working = ${isWorking(state) ? 1 : null}`,
    sql`cursor = ${next ? '' : cursor}`,
    ...more,
  ]
  return [
    sql`UPDATE bulk_sends SET ${sql.join(set, sql`, `)}
      WHERE account_id = ${ref.accountId} AND id = ${ref.id} AND state = ${from.state} AND cursor = ${from.cursor}`,
    allOrNothing(1),
  ]
}

export const setTally = (tally: Tally, capped: boolean): SQL[] => [
  sql`tally = ${JSON.stringify(tally)}`,
  sql`capped = ${capped ? 1 : 0}`,
]

export interface QueuedCounts {
  queued: number
  waiting: number
  withheld: number
  overQuota: number
}

export const addCounts = (counts: QueuedCounts): SQL[] => [
  sql`queued = queued + ${counts.queued}`,
  sql`waiting = waiting + ${counts.waiting}`,
  sql`withheld = withheld + ${counts.withheld}`,
  sql`over_quota = over_quota + ${counts.overQuota}`,
]

export interface Confirmation {
  leftOut: number
  at: number
  by: string
  dueAt: number
}

/** True when this call confirmed it; any later one changes nothing. */
export async function markConfirmed(db: Db, ref: BulkRef, { leftOut, at, by, dueAt }: Confirmation): Promise<boolean> {
  const rows = await db
    .update(bulkSends)
    .set({ state: 'queueing', working: 1, cursor: '', leftOut, confirmedAt: at, confirmedBy: by, dueAt })
    .where(and(is(ref), eq(bulkSends.state, 'ready')))
    .returning({ id: bulkSends.id })
  return rows.length > 0
}

const waitingOf = ({ accountId, id }: BulkRef): SQL => sql`
  SELECT d.id FROM bulk_documents b
  CROSS JOIN deliveries d ON d.account_id = b.account_id AND d.document_id = b.document_id AND d.bulk_id = b.bulk_id
  WHERE b.account_id = ${accountId} AND b.bulk_id = ${id} AND d.status = 'queued' AND d.attempt = 0`

/**
 * For one batch: takes back every mail that still waits, in one statement, so that no tick comes in between, and makes no more; gives
 * back the quota of the days for which they were counted. Nothing changes when all have left.
 */
export const undoStatements = (ref: BulkRef, at: number, by: string): SQL[] => [
  sql`UPDATE daily_sends SET used = max(0, used - gone.n)
    FROM (SELECT s.counted_on AS day, count(*) AS n FROM (${waitingOf(ref)}) w CROSS JOIN deliveries d ON d.id = w.id
      CROSS JOIN sends s ON s.id = d.send_id GROUP BY s.counted_on) gone
    WHERE daily_sends.account_id = ${ref.accountId} AND daily_sends.day = gone.day`,
  sql`UPDATE deliveries SET status = 'cancelled', rank = ${DELIVERY_RANK.cancelled}, due_at = NULL, ended_at = ${at}
    WHERE id IN (${waitingOf(ref)})`,
  sql`UPDATE bulk_sends SET state = 'undoing', working = 1, cursor = '', undone_at = ${at}, undone_by = ${by}
    WHERE account_id = ${ref.accountId} AND id = ${ref.id}
      AND (state = 'queueing' OR (state = 'queued' AND changes() > 0))
    RETURNING id`,
]
