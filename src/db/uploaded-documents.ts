/** Queries of documents that were made elsewhere, whose PDF was uploaded. */
import { type SQLWrapper, sql } from 'drizzle-orm'
import type { DocumentSnapshot } from '../domain/document'
import { isTestDocument } from '../domain/test-mode'
import { type Db, jsonList, runBatch } from './client'
import type { DraftColumns } from './documents'
import { holdFiles } from './files'
import { documents } from './schema'

export interface NewUploaded extends DraftColumns {
  accountId: string
  /** Begins with `TEST_ID` if it is a test document. */
  id: string
  number: string
  /** Epoch ms; null = not paid. */
  paidAt: number | null
  createdBy: string
  snapshot: Omit<DocumentSnapshot, 'number'>
}

/**
 * Inserts a final document, unless its id exists, and holds its PDF. No counter of a series moves. Fails (`isNumberUsed`,
 * `isExternalIdTaken`) if another document has its number or external id.
 */
export async function insertUploaded(db: Db, document: NewUploaded, pdfKey: string, now: number): Promise<void> {
  const { accountId, id, snapshot, createdBy } = document
  const times = { createdAt: now, updatedAt: now, finalisedAt: now, finalisedBy: createdBy }
  await runBatch(db, [
    db
      .insert(documents)
      .values({ ...document, ...times, kind: snapshot.kind, test: isTestDocument(id), status: 'final', version: 1 })
      .onConflictDoNothing({ target: [documents.accountId, documents.id] }),
    holdFiles(accountId, [pdfKey], isUploadedTo(accountId, id, pdfKey)),
  ])
}

const isUploadedTo = (accountId: string, id: string, key: string) => sql`
  EXISTS (SELECT 1 FROM documents d WHERE d.account_id = ${accountId} AND d.id = ${id} AND d.paper->>'$.upload.key' = ${key})`

/** Reports whether a statement failed because another document of the same kind and mode has the number. */
export const isNumberUsed = (error: unknown): boolean => String(error).includes('documents.number')

/** Marks the uploaded PDFs of documents as unused. For the batch that deletes the documents, before that statement. */
export const releaseUploadsOf = (accountId: string, documentIds: string[], now: number): SQLWrapper => sql`
  UPDATE files SET unused_since = ${now}
  WHERE account_id = ${accountId} AND unused_since IS NULL AND key IN (
    SELECT d.paper->>'$.upload.key' FROM json_each(${jsonList(documentIds)}) j
    CROSS JOIN documents d ON d.account_id = ${accountId} AND d.id = j.value)`
