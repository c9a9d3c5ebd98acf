import { sql } from 'drizzle-orm'
import type { Db } from './client'

/** Records the hash of an issued document's PDF, unless one is recorded. */
export const setPdfSha256 = (db: Db, accountId: string, id: string, sha256: string) =>
  db.run(sql`
    UPDATE documents SET pdf_sha256 = ${sha256}
    WHERE account_id = ${accountId} AND id = ${id} AND status = 'final' AND pdf_sha256 IS NULL`)
