import { releaseAttachmentsOfDraft } from '../../db/attachments'
import { runBatch } from '../../db/client'
import { deleteDraft as deleteDraftRow, findDocument } from '../../db/documents'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

/** Deletes a draft and its files. A final document stays, since its number has been issued. */
export async function deleteDraft(
  deps: Deps,
  { accountId, documentId }: { accountId: string; documentId: string },
): Promise<Result<null, 'not_found' | 'already_final'>> {
  const [, deleted] = await runBatch(deps.db, [
    releaseAttachmentsOfDraft(accountId, documentId, deps.now()),
    deleteDraftRow(deps.db, accountId, documentId),
  ])
  if (deleted?.results.length) return ok(null)
  return refuse((await findDocument(deps.db, accountId, documentId)) ? 'already_final' : 'not_found')
}
