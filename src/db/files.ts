/** Uploaded files in R2 and who uses them (`schema/files.ts`). */
import { type SQL, sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'

/** What is unused for so long is deleted: longer than any request or mail that still reads it. */
export const UNUSED_FILE_MS = 86_400_000
/** A sweep that takes longer is dead, and another one may go on. */
export const SWEEP_MS = 15 * 60_000

const given = (keys: string[]): SQL => sql`(SELECT value FROM json_each(${jsonList(keys)}))`

/**
 * Before the upload: unused until something points to them. False while one of them is being deleted; then nothing may be stored
 * under these keys.
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

/** For a batch: something points to these files now. `condition` = only if it does. */
export const holdFiles = (accountId: string, keys: string[], condition: SQL) => sql`
  UPDATE files SET unused_since = NULL WHERE account_id = ${accountId} AND key IN ${given(keys)} AND ${condition}`

/** For a batch: nothing points to these files any more. Those that an issued document shows stay. */
export const releaseFiles = (accountId: string, keys: string[], condition: SQL, now: number) => sql`
  UPDATE files SET unused_since = ${now}
  WHERE account_id = ${accountId} AND key IN ${given(keys)} AND kept = 0 AND unused_since IS NULL AND ${condition}`

/** For a batch: these files belong to an issued document and stay for ever. Writes nothing the second time. */
export const keepFiles = (accountId: string, keys: string[]) => sql`
  UPDATE files SET kept = 1, unused_since = NULL
  WHERE account_id = ${accountId} AND key IN ${given(keys)} AND kept = 0 AND doomed_at IS NULL`

/** A condition: all of these files are there to stay if they are wanted. */
export const areThere = (accountId: string, keys: string[]): SQL => sql`
  (SELECT count(*) FROM files WHERE account_id = ${accountId} AND key IN ${given(keys)} AND doomed_at IS NULL) = ${keys.length}`

/** Claims files that have been unused for long: from here on nobody stores anything under these keys. */
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

/** After their objects are gone. */
export const deleteFileRows = (db: Db, keys: string[], doomedAt: number) =>
  db.run(sql`DELETE FROM files WHERE key IN ${given(keys)} AND doomed_at = ${doomedAt}`)
