/** Imports of contacts: each goes through its states once, by conditional updates. */
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { ImportChoices, ImportPlan } from '../domain/contact-import'
import type { Db } from './client'
import { contactImports } from './schema'

export type StoredImport = typeof contactImports.$inferSelect

const is = ({ accountId, id }: ImportKey) => and(eq(contactImports.accountId, accountId), eq(contactImports.id, id))

export interface ImportKey {
  accountId: string
  id: string
}

export const findImport = (db: Db, key: ImportKey): Promise<StoredImport | undefined> =>
  db.select().from(contactImports).where(is(key)).get()

/** Latest first. */
export const listImports = (db: Db, accountId: string, limit: number): Promise<StoredImport[]> =>
  db
    .select()
    .from(contactImports)
    .where(and(eq(contactImports.accountId, accountId), sql`status <> 'uploading'`))
    .orderBy(desc(contactImports.id))
    .limit(limit)

/** Before its file is stored, so that no file lies about unknown. One that is there already stays as it is. */
export const insertImport = (db: Db, row: typeof contactImports.$inferInsert) =>
  db.insert(contactImports).values(row).onConflictDoNothing()

export const markUploaded = (db: Db, key: ImportKey, now: number) =>
  db
    .update(contactImports)
    .set({ status: 'uploaded', updatedAt: now })
    .where(and(is(key), eq(contactImports.status, 'uploading')))

/** False once it has begun to be applied. */
export async function markChecked(
  db: Db,
  key: ImportKey,
  checked: { choices: ImportChoices; plan: ImportPlan; pieces: number },
  now: number,
): Promise<boolean> {
  const rows = await db
    .update(contactImports)
    .set({ status: 'checked', ...checked, updatedAt: now })
    .where(and(is(key), inArray(contactImports.status, ['uploaded', 'checked'])))
    .returning({ id: contactImports.id })
  return rows.length > 0
}

/** False unless this very plan is the one that was checked last. */
export async function markApplying(db: Db, key: ImportKey, planId: string, now: number): Promise<boolean> {
  const rows = await db
    .update(contactImports)
    .set({ status: sql`iif(pieces = 0, 'done', 'applying')`, updatedAt: now })
    .where(and(is(key), eq(contactImports.status, 'checked'), sql`plan->>'id' = ${planId}`))
    .returning({ id: contactImports.id })
  return rows.length > 0
}

/** Imports at work that nobody has moved on since `before`, longest first. */
export const listStalledImports = (db: Db, before: number, limit: number): Promise<ImportKey[]> =>
  db
    .select({ accountId: contactImports.accountId, id: contactImports.id })
    .from(contactImports)
    .where(and(eq(contactImports.status, 'applying'), lt(contactImports.updatedAt, before)))
    .orderBy(contactImports.updatedAt)
    .limit(limit)

/** One that can't go on stands behind the others. */
export const postponeImport = (db: Db, { accountId, id }: ImportKey, now: number) =>
  db
    .update(contactImports)
    .set({ updatedAt: now })
    .where(
      and(eq(contactImports.accountId, accountId), eq(contactImports.id, id), eq(contactImports.status, 'applying')),
    )

/** Imports that are over, or that nobody went on with since `before`. */
export const listOldImports = (db: Db, before: number, limit: number): Promise<ImportKey[]> =>
  db
    .select({ accountId: contactImports.accountId, id: contactImports.id })
    .from(contactImports)
    .where(
      and(
        inArray(contactImports.status, ['uploading', 'uploaded', 'checked', 'done']),
        lt(contactImports.updatedAt, before),
      ),
    )
    .limit(limit)

/** Ids of an account's imports that are over: few, since they are deleted some weeks later. */
export async function listFinishedImports(db: Db, accountId: string): Promise<string[]> {
  const rows = await db
    .select({ id: contactImports.id })
    .from(contactImports)
    .where(and(eq(contactImports.accountId, accountId), eq(contactImports.status, 'done')))
  return rows.map(({ id }) => id)
}

/** Never one at work. */
export const deleteImport = (db: Db, key: ImportKey) =>
  db.delete(contactImports).where(and(is(key), sql`status <> 'applying'`))
