import { findAccount } from '../../db/accounts'
import type { HandedOnCopy } from '../../db/sends'
import { quotaDay, quotaZone } from '../../domain/quota'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'

/** New ids for the copies of these documents that may go with another send, and the day for which those count that leave at once. */
export async function copiesToHandOn(
  deps: Deps,
  accountId: string,
  documentIds: readonly string[],
  at: number,
): Promise<HandedOnCopy[]> {
  const account = await findAccount(deps.db, accountId)
  if (!account) return []
  return documentIds.map((documentId) => ({
    documentId,
    id: deps.newId('dlv'),
    day: quotaDay(at, quotaZone(account), isTestDocument(documentId)),
  }))
}
