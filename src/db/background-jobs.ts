/** Queries of background jobs. Due jobs are found by an index, and a step advances its row only from the position where it began. */
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Db } from './client'
import { type BackgroundJobKind, backgroundJobs } from './schema'

export type BackgroundJob = typeof backgroundJobs.$inferSelect
export type BackgroundJobRef = Pick<BackgroundJob, 'accountId' | 'kind' | 'id'>

/** Inserts a background job, unless it exists. For a batch. */
export const insertBackgroundJob = (job: BackgroundJob, when: 'always' | 'after_change' = 'always') => sql`
  INSERT INTO chores (account_id, kind, id, position, due_at)
  SELECT ${job.accountId}, ${job.kind}, ${job.id}, ${job.position}, ${job.dueAt}
  WHERE ${when === 'always' ? sql`true` : sql`changes() > 0`}
  ON CONFLICT DO NOTHING`

/** Lists due background jobs, the longest due first. */
export const listDueBackgroundJobs = (db: Db, now: number, limit: number): Promise<BackgroundJob[]> =>
  db.select().from(backgroundJobs).where(lte(backgroundJobs.dueAt, now)).orderBy(asc(backgroundJobs.dueAt)).limit(limit)

export const findBackgroundJob = (
  db: Db,
  accountId: string,
  kind: BackgroundJobKind,
  id: string,
): Promise<BackgroundJob | undefined> =>
  db
    .select()
    .from(backgroundJobs)
    .where(and(eq(backgroundJobs.accountId, accountId), eq(backgroundJobs.kind, kind), eq(backgroundJobs.id, id)))
    .get()

/** Sets where and when the next step begins, unless another step has moved the job. For a batch. */
export const moveBackgroundJob = (job: BackgroundJob, position: string, dueAt: number) => sql`
  UPDATE chores SET position = ${position}, due_at = ${dueAt}
  WHERE account_id = ${job.accountId} AND kind = ${job.kind} AND id = ${job.id} AND position = ${job.position}`

/** Deletes a finished background job. For a batch. */
export const endBackgroundJob = ({ accountId, kind, id }: BackgroundJobRef) => sql`
  DELETE FROM chores WHERE account_id = ${accountId} AND kind = ${kind} AND id = ${id}`

/** Postpones a background job to `dueAt`, so that one that fails does not block the others. */
export const postponeBackgroundJob = (db: Db, { accountId, kind, id }: BackgroundJobRef, dueAt: number) =>
  db
    .update(backgroundJobs)
    .set({ dueAt })
    .where(and(eq(backgroundJobs.accountId, accountId), eq(backgroundJobs.kind, kind), eq(backgroundJobs.id, id)))
