/** Lists recent documents to preview a text with. */
import { sql } from 'drizzle-orm'
import type { DocumentKind } from '../domain/document'
import type { Db } from './client'
import { idsOf } from './document-scan'

export interface LatestDocument {
  id: string
  kind: DocumentKind
  /** Null on a draft. */
  number: string | null
  contactName: string
}

const MAX_SCANNED = 200
const MAX_LISTED = 8

/** Lists up to 8 of an account's latest live documents, issued ones first, of one kind if given. Scans the latest 200 of all kinds. */
export const listLatestDocuments = (db: Db, accountId: string, kind: DocumentKind | undefined) =>
  db.all<LatestDocument>(sql`
    SELECT id, kind, number, contact_name AS contactName FROM (
      SELECT id, kind, number, contact_name FROM documents WHERE account_id = ${accountId} AND ${idsOf(false, {})} ORDER BY id DESC LIMIT ${MAX_SCANNED})
    WHERE ${kind ?? null} IS NULL OR kind = ${kind ?? null}
    ORDER BY number IS NULL, id DESC LIMIT ${MAX_LISTED}`)
