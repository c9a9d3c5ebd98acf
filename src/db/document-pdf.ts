import { sql } from 'drizzle-orm'
import type { Db } from './client'

/** The first hash stays. */
export const setPdfSha256 = (db: Db, accountId: string, id: string, sha256: string) =>
  db.run(sql`
    UPDATE documents SET pdf_sha256 = ${sha256}
    WHERE account_id = ${accountId} AND id = ${id} AND status = 'final' AND pdf_sha256 IS NULL`)
