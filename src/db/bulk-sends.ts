/** Queries of bulk sends; their documents are in `bulk-documents.ts`. A step advances the cursor only from the position where it began. */
import { and, desc, eq, isNotNull, lt, type SQL, sql } from 'drizzle-orm'
import { type BulkState, isWorking, type Tally } from '../domain/bulk-send'
import { DELIVERY_RANK } from '../domain/delivery'
import { allOrNothing, type Db } from './client'
import { bulkSends } from './schema'

export type StoredBulkSend = typeof bulkSends.$inferSelect
export type NewBulkSend = Pick<StoredBulkSend, 'accountId' | 'id' | 'test' | 'source' | 'createdAt' | 'createdBy'> & {
  leftOut?: number | undefined
  confirmWhenReady?: boolean | undefined
}

export interface BulkRef {
  accountId: string
  id: string
}

const is = ({ accountId, id }: BulkRef) => and(eq(bulkSends.accountId, accountId), eq(bulkSends.id, id))

/** Inserts a bulk send, unless it exists because the same form was sent twice. */
export const insertBulkSend = (db: Db, bulk: NewBulkSend) =>
  db
    .insert(bulkSends)
    .values({ ...bulk, state: 'collecting', working: 1, tally: {} })
    .onConflictDoNothing()

export const findBulkSend = (db: Db, ref: BulkRef): Promise<StoredBulkSend | undefined> =>
  db.select().from(bulkSends).where(is(ref)).get()

/** Deletes a bulk send unless it was confirmed. For a batch. Later steps and confirmations then find no row. */
export const deleteUnconfirmed = ({ accountId, id }: BulkRef): SQL => sql`
  DELETE FROM bulk_sends WHERE account_id = ${accountId} AND id = ${id} AND confirmed_at IS NULL`

/** Lists bulk sends of live or test documents, newest first. `before` is the id of the last one seen. */
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

/** Lists bulk sends of all accounts with a step to do. */
export const listWorkingBulkSends = (db: Db, limit: number): Promise<BulkRef[]> =>
  db
    .select({ accountId: bulkSends.accountId, id: bulkSends.id })
    .from(bulkSends)
    .where(isNotNull(bulkSends.working))
    .limit(limit)

/** The result of a step: a later cursor, or the next state. */
export interface Step {
  from: { state: BulkState; cursor: string }
  cursor: string
  /** Absent = there is more to do in this state. */
  next?: BulkState | undefined
}

/** Records a step. First in its batch: if another request has done the step meanwhile, the whole batch ends (`isNotAll`). */
export function advanceBulkSend(ref: BulkRef, { from, cursor, next }: Step, more: SQL[] = []): SQL[] {
  const state = next ?? from.state
  const set = [sql`state = ${state}`, sql`working = ${workingIn(state)}`, sql`cursor = ${next ? '' : cursor}`, ...more]
  return [
    sql`UPDATE bulk_sends SET ${sql.join(set, sql`, `)}
      WHERE account_id = ${ref.accountId} AND id = ${ref.id} AND state = ${from.state} AND cursor = ${from.cursor}`,
    allOrNothing(1),
  ]
}

/** A list that is fixed waits for a person, or for the step that confirms it. */
const workingIn = (state: BulkState): SQL =>
  state === 'ready' ? sql`confirm_when_ready` : sql`${isWorking(state) ? 1 : null}`

/** Builds assignments for `advanceBulkSend`. */
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

/** Builds assignments for `advanceBulkSend`. */
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

/** Confirms a bulk send. Returns true for the call that confirmed it; later calls change nothing. */
export async function markConfirmed(db: Db, ref: BulkRef, { leftOut, at, by, dueAt }: Confirmation): Promise<boolean> {
  const rows = await db
    .update(bulkSends)
    .set({ state: 'queueing', working: 1, cursor: '', leftOut, confirmedAt: at, confirmedBy: by, dueAt })
    .where(and(is(ref), eq(bulkSends.state, 'ready')))
    .returning({ id: bulkSends.id })
  return rows.length > 0
}

/** Records why a bulk send that was to be confirmed by itself could not be. From then on it waits for a person. */
export const markRefused = (db: Db, ref: BulkRef, refusal: string) =>
  db
    .update(bulkSends)
    .set({ refusal, working: null, confirmWhenReady: null })
    .where(and(is(ref), eq(bulkSends.state, 'ready'), eq(bulkSends.confirmWhenReady, true)))

const waitingOf = ({ accountId, id }: BulkRef): SQL => sql`
  SELECT d.id FROM bulk_documents b
  CROSS JOIN deliveries d ON d.account_id = b.account_id AND d.document_id = b.document_id AND d.bulk_id = b.bulk_id
  WHERE b.account_id = ${accountId} AND b.bulk_id = ${id} AND d.status = 'queued' AND d.attempt = 0`

/**
 * Cancels every mail of a bulk send that still waits, in one statement, so that no tick comes in between. Then no more mails are queued, and
 * the quota of the days for which the cancelled ones were counted is restored. For one batch; changes nothing when all mails have left.
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
