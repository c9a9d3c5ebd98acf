import { type SQL, sql } from 'drizzle-orm'

/** A new PDF, whose bytes are stored. */
export interface NewPdf {
  accountId: string
  /** The document's. */
  id: string
  sha256: string
}

/** For a batch: writes the hash of a new PDF, unless there is one already. */
export const setPdfSha256 = ({ accountId, id, sha256 }: NewPdf): SQL => sql`
  UPDATE documents SET pdf_sha256 = ${sha256}
  WHERE account_id = ${accountId} AND id = ${id} AND status = 'final' AND pdf_sha256 IS NULL`
