/** Documents to try something on. */
import { sql } from 'drizzle-orm'
import type { DocumentKind } from '../domain/document'
import type { Db } from './client'
import { idsOf } from './document-scan'

export interface LatestDocument {
  id: string
  kind: DocumentKind
  /** null on a draft. */
  number: string | null
  contactName: string
}

const LOOK_BACK = 200
const SHOWN = 8

/** An account's latest documents that are no tests, issued ones first, of one kind if given; looks no further back than 200 of all kinds. */
export const listLatestDocuments = (db: Db, accountId: string, kind: DocumentKind | undefined) =>
  db.all<LatestDocument>(sql`
    SELECT id, kind, number, contact_name AS contactName FROM (
      SELECT id, kind, number, contact_name FROM documents WHERE account_id = ${accountId} AND ${idsOf(false, {})} ORDER BY id DESC LIMIT ${LOOK_BACK})
    WHERE ${kind ?? null} IS NULL OR kind = ${kind ?? null}
    ORDER BY number IS NULL, id DESC LIMIT ${SHOWN}`)
