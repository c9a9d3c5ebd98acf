import { releaseAttachmentsOf } from '../../db/attachments'
import { runBatch } from '../../db/client'
import { listRemovableDeliveries, removeDeliveries, removeDocuments } from '../../db/document-removal'
import type { Statements } from '../../db/finalisation'
import { releaseUploadsOf } from '../../db/uploaded-documents'
import type { Deps } from '../deps'
import { mailKey } from '../stored-mail'
import { pdfKey } from './document-pdf'

/**
 * Deletes documents with their deliveries, mails, links and PDFs. Objects in R2 go first, so that none remains without
 * a row that names it. The sweep deletes attached files and uploaded PDFs. An interrupted call can be repeated.
 * @param andThen statements for the same transaction
 */
export async function removeDocumentsWithObjects(
  deps: Deps,
  accountId: string,
  documents: { id: string; pdfSha256: string | null }[],
  andThen: Statements = [],
): Promise<void> {
  const ids = documents.map(({ id }) => id)
  const deliveries = await listRemovableDeliveries(deps.db, accountId, ids)
  const pdfs = documents.flatMap(({ pdfSha256 }) => (pdfSha256 ? [pdfKey(accountId, pdfSha256)] : []))
  await deleteObjects(deps, [...pdfs, ...deliveries.map((delivery) => mailKey(accountId, delivery.id))])
  const now = deps.now()
  const release = [releaseAttachmentsOf(accountId, ids, now), releaseUploadsOf(accountId, ids, now)]
  await runBatch(deps.db, [...release, ...removeDeliveries(deliveries), ...removeDocuments(accountId, ids), ...andThen])
}

const KEYS_A_CALL = 1000

/** Deletes objects from R2, which takes a thousand keys per call. */
export async function deleteObjects(deps: Deps, keys: string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += KEYS_A_CALL)
    await deps.bucket.delete(keys.slice(start, start + KEYS_A_CALL))
}
