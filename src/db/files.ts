/** Queries of uploaded files in R2 and of whether they are in use (`schema/files.ts`). */
import { type SQL, sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'

/** How long a file is unused before it is deleted: longer than any request or mail that is still reading it. */
export const UNUSED_FILE_MS = 86_400_000
/** How long a sweep's claim lasts. After that the sweep has died, and another one can claim the file. */
export const SWEEP_MS = 15 * 60_000

const keyList = (keys: string[]): SQL => sql`(SELECT value FROM json_each(${jsonList(keys)}))`

/**
 * Inserts rows for files before their upload. They are unused until something refers to them. Returns false while one of them is being
 * deleted; then nothing must be stored under these keys.
 */
export async function reserveFiles(db: Db, accountId: string, keys: string[], now: number): Promise<boolean> {
  const rows = await db.all(sql`
    INSERT INTO files (key, account_id, unused_since)
    SELECT value, ${accountId}, ${now} FROM json_each(${jsonList(keys)}) WHERE true
    ON CONFLICT (key) DO UPDATE SET unused_since = iif(unused_since IS NULL, NULL, excluded.unused_since), doomed_at = NULL
      WHERE doomed_at IS NULL OR doomed_at <= ${now - SWEEP_MS}
    RETURNING key`)
  return rows.length === keys.length
}

/** Marks files as used, if `condition` confirms that something refers to them. For a batch. */
export const holdFiles = (accountId: string, keys: string[], condition: SQL) => sql`
  UPDATE files SET unused_since = NULL WHERE account_id = ${accountId} AND key IN ${keyList(keys)} AND ${condition}`

/** Marks files as unused, if `condition` confirms that nothing refers to them. Files of issued documents stay. For a batch. */
export const releaseFiles = (accountId: string, keys: string[], condition: SQL, now: number) => sql`
  UPDATE files SET unused_since = ${now}
  WHERE account_id = ${accountId} AND key IN ${keyList(keys)} AND kept = 0 AND unused_since IS NULL AND ${condition}`

/** Marks files as part of an issued document, so that the sweep never deletes them. For a batch. */
export const keepFiles = (accountId: string, keys: string[]) => sql`
  UPDATE files SET kept = 1, unused_since = NULL
  WHERE account_id = ${accountId} AND key IN ${keyList(keys)} AND kept = 0 AND doomed_at IS NULL`

/** Builds a condition: all of these files exist, and none is being deleted. */
export const filesExist = (accountId: string, keys: string[]): SQL => sql`
  (SELECT count(*) FROM files WHERE account_id = ${accountId} AND key IN ${keyList(keys)} AND doomed_at IS NULL) = ${keys.length}`

/** Claims unused files for deletion. From then on `reserveFiles` refuses their keys. */
export async function claimUnusedFiles(db: Db, limit: number, now: number): Promise<string[]> {
  const rows = await db.all<{ key: string }>(sql`
    UPDATE files SET doomed_at = ${now}
    WHERE key IN (
        SELECT key FROM files WHERE unused_since <= ${now - UNUSED_FILE_MS} AND coalesce(doomed_at, 0) <= ${now - SWEEP_MS}
        ORDER BY unused_since LIMIT ${limit})
      AND kept = 0 AND unused_since IS NOT NULL
    RETURNING key`)
  return rows.map(({ key }) => key)
}

/** Deletes the rows of claimed files, after their objects. */
export const deleteFileRows = (db: Db, keys: string[], doomedAt: number) =>
  db.run(sql`DELETE FROM files WHERE key IN ${keyList(keys)} AND doomed_at = ${doomedAt}`)
