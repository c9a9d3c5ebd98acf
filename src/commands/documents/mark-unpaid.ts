import { runBatch } from '../../db/client'
import { findDocument, markDocumentUnpaid } from '../../db/documents'
import { insertHistory } from '../../db/history'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

/** Marks a document as unpaid, so that it is open or overdue again. A repeated request changes nothing. */
export async function markUnpaid(
  deps: Deps,
  { accountId, documentId, actor }: { accountId: string; documentId: string; actor: string },
): Promise<Result<null, 'not_found'>> {
  if (!(await findDocument(deps.db, accountId, documentId))) return refuse('not_found')
  const at = deps.now()
  const historyRow = { accountId, documentId, id: deps.newId('his'), at, actor, deliveryId: null, data: {} }
  await runBatch(deps.db, [
    markDocumentUnpaid(deps.db, accountId, documentId, at),
    insertHistory(deps.db, [{ ...historyRow, type: 'unpaid' }], 'after_change'),
  ])
  return ok(null)
}
