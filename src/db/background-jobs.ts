/** Chores: due ones are found by an index, and a step moves its row on only from where it began. */
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Db } from './client'
import { type ChoreKind, chores } from './schema'

export type Chore = typeof chores.$inferSelect
export type ChoreRef = Pick<Chore, 'accountId' | 'kind' | 'id'>

/** For a batch. One that is there already stays as it is. */
export const insertChore = (chore: Chore, when: 'always' | 'after_change' = 'always') => sql`
  INSERT INTO chores (account_id, kind, id, position, due_at)
  SELECT ${chore.accountId}, ${chore.kind}, ${chore.id}, ${chore.position}, ${chore.dueAt}
  WHERE ${when === 'always' ? sql`true` : sql`changes() > 0`}
  ON CONFLICT DO NOTHING`

export const listDueChores = (db: Db, now: number, limit: number): Promise<Chore[]> =>
  db.select().from(chores).where(lte(chores.dueAt, now)).orderBy(asc(chores.dueAt)).limit(limit)

export const findChore = (db: Db, accountId: string, kind: ChoreKind, id: string): Promise<Chore | undefined> =>
  db
    .select()
    .from(chores)
    .where(and(eq(chores.accountId, accountId), eq(chores.kind, kind), eq(chores.id, id)))
    .get()

/** For a batch: the next step begins there and then. */
export const moveChore = (chore: Chore, position: string, dueAt: number) => sql`
  UPDATE chores SET position = ${position}, due_at = ${dueAt}
  WHERE account_id = ${chore.accountId} AND kind = ${chore.kind} AND id = ${chore.id} AND position = ${chore.position}`

/** For a batch. */
export const endChore = ({ accountId, kind, id }: ChoreRef) => sql`
  DELETE FROM chores WHERE account_id = ${accountId} AND kind = ${kind} AND id = ${id}`

/** Out of the way of the others, until `dueAt`. */
export const postponeChore = (db: Db, { accountId, kind, id }: ChoreRef, dueAt: number) =>
  db
    .update(chores)
    .set({ dueAt })
    .where(and(eq(chores.accountId, accountId), eq(chores.kind, kind), eq(chores.id, id)))
