/** Queries of contact imports. Each import passes its states once, by conditional updates. */
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

/** Lists uploaded imports, latest first. */
export const listImports = (db: Db, accountId: string, limit: number): Promise<StoredImport[]> =>
  db
    .select()
    .from(contactImports)
    .where(and(eq(contactImports.accountId, accountId), sql`status <> 'uploading'`))
    .orderBy(desc(contactImports.id))
    .limit(limit)

/** Inserts an import, unless it exists. Runs before its file is stored, so that each stored file has a row. */
export const insertImport = (db: Db, row: typeof contactImports.$inferInsert) =>
  db.insert(contactImports).values(row).onConflictDoNothing()

/** Marks an import's file as stored. */
export const markUploaded = (db: Db, key: ImportKey, now: number) =>
  db
    .update(contactImports)
    .set({ status: 'uploaded', updatedAt: now })
    .where(and(is(key), eq(contactImports.status, 'uploading')))

/** Stores the result of a check. Returns false once the import is being applied. */
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

/** Starts applying an import. Returns false when `planId` is not the plan of the latest check. */
export async function markApplying(db: Db, key: ImportKey, planId: string, now: number): Promise<boolean> {
  const rows = await db
    .update(contactImports)
    .set({ status: sql`iif(pieces = 0, 'done', 'applying')`, updatedAt: now })
    .where(and(is(key), eq(contactImports.status, 'checked'), sql`plan->>'id' = ${planId}`))
    .returning({ id: contactImports.id })
  return rows.length > 0
}

/** Lists imports that are being applied and have made no progress since `before`, the longest stalled first. */
export const listStalledImports = (db: Db, before: number, limit: number): Promise<ImportKey[]> =>
  db
    .select({ accountId: contactImports.accountId, id: contactImports.id })
    .from(contactImports)
    .where(and(eq(contactImports.status, 'applying'), lt(contactImports.updatedAt, before)))
    .orderBy(contactImports.updatedAt)
    .limit(limit)

/** Postpones a stalled import, so that one that fails does not block the others. */
export const postponeImport = (db: Db, { accountId, id }: ImportKey, now: number) =>
  db
    .update(contactImports)
    .set({ updatedAt: now })
    .where(
      and(eq(contactImports.accountId, accountId), eq(contactImports.id, id), eq(contactImports.status, 'applying')),
    )

/** Lists imports that are not being applied and have not changed since `before`. */
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

/** Returns the ids of an account's finished imports. They are few, since they are deleted some weeks later. */
export async function listFinishedImports(db: Db, accountId: string): Promise<string[]> {
  const rows = await db
    .select({ id: contactImports.id })
    .from(contactImports)
    .where(and(eq(contactImports.accountId, accountId), eq(contactImports.status, 'done')))
  return rows.map(({ id }) => id)
}

/** Deletes an import, unless it is being applied. */
export const deleteImport = (db: Db, key: ImportKey) =>
  db.delete(contactImports).where(and(is(key), sql`status <> 'applying'`))
