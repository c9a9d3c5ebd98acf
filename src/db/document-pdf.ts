import { type SQLWrapper, sql } from 'drizzle-orm'
import { prebuilt } from './client'

/** A new PDF, whose bytes are stored. */
export type NewPdf = {
  accountId: string
  /** The document's. */
  id: string
  sha256: string
}

/** For a batch: writes the hash of a new PDF, unless there is one already. */
export const setPdfSha256: (pdf: NewPdf) => SQLWrapper = prebuilt(
  ({ accountId, id, sha256 }) => sql`
    UPDATE documents SET pdf_sha256 = ${sha256}
    WHERE account_id = ${accountId} AND id = ${id} AND status = 'final' AND pdf_sha256 IS NULL`,
)
