import { isNotAttached, removeAttachment as removeFromDocument } from '../../db/attachments'
import { runBatch } from '../../db/client'
import { findDocument } from '../../db/documents'
import { releaseFiles } from '../../db/files'
import { insertHistory } from '../../db/history'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

interface RemoveAttachment {
  accountId: string
  actor: string
  documentId: string
  id: string
}

/**
 * Removes an attached file from a document and from mails not composed yet; sent mails keep it. A repeated request
 * changes nothing.
 */
export async function removeAttachment(
  deps: Deps,
  { actor, ...ref }: RemoveAttachment,
): Promise<Result<null, 'not_found'>> {
  const { accountId, documentId, id } = ref
  const document = await findDocument(deps.db, accountId, documentId)
  if (!document) return refuse('not_found')
  const attachment = document.attachments?.find((candidate) => candidate.id === id)
  if (!attachment) return ok(null)
  const historyRow = { accountId, documentId, id: deps.newId('his'), at: deps.now(), actor, deliveryId: null }
  await runBatch(deps.db, [
    removeFromDocument(ref),
    insertHistory(deps.db, [{ ...historyRow, type: 'detached', data: { file: attachment.name } }], 'after_change'),
    releaseFiles(accountId, [attachment.key], isNotAttached(ref), deps.now()),
  ])
  return ok(null)
}
