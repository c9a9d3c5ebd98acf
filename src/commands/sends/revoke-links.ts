import { runBatch } from '../../db/client'
import { findDocument } from '../../db/documents'
import { insertHistory } from '../../db/history'
import { revokeDocumentLinks } from '../../db/hosted-links'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

/** Revokes all links to a document that were mailed until now. Later mails carry new links. A repeat changes nothing. */
export async function revokeLinks(
  deps: Deps,
  { accountId, userId, documentId }: { accountId: string; userId: string; documentId: string },
): Promise<Result<true, 'not_found'>> {
  const { db } = deps
  const at = deps.now()
  const row = { accountId, documentId, id: deps.newId('his'), at, type: 'links_revoked', actor: userId } as const
  const [revoked] = await runBatch(db, [
    revokeDocumentLinks(db, accountId, documentId, at),
    insertHistory(db, [{ ...row, deliveryId: null, data: {} }], 'after_change'),
  ])
  if (revoked?.results.length || (await findDocument(db, accountId, documentId))) return ok(true)
  return refuse('not_found')
}
