import { isNotAttached, removeAttachment as removeFromDocument } from '../../db/attachments'
import { runBatch } from '../../db/client'
import { findDocument } from '../../db/documents'
import { releaseFiles } from '../../db/files'
import { insertHistory } from '../../db/history'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

interface Place {
  accountId: string
  actor: string
  documentId: string
  id: string
}

/** Mails that have not been made yet go without it; those that were sent keep it. Sent twice, the second changes nothing. */
export async function removeAttachment(deps: Deps, { actor, ...place }: Place): Promise<Result<null, 'not_found'>> {
  const { accountId, documentId, id } = place
  const document = await findDocument(deps.db, accountId, documentId)
  if (!document) return refuse('not_found')
  const attachment = document.attachments?.find((one) => one.id === id)
  if (!attachment) return ok(null)
  const told = { accountId, documentId, id: deps.newId('his'), at: deps.now(), actor, deliveryId: null }
  await runBatch(deps.db, [
    removeFromDocument(place),
    insertHistory(deps.db, [{ ...told, type: 'detached', data: { file: attachment.name } }], 'after_change'),
    releaseFiles(accountId, [attachment.key], isNotAttached(place), deps.now()),
  ])
  return ok(null)
}
