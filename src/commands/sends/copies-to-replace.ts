import { findAccount } from '../../db/accounts'
import type { ReplacementCopy } from '../../db/sends'
import { quotaDay, quotaZone } from '../../domain/quota'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'

/** Returns new ids for copies of these documents that may move to another send, and the quota day of copies that leave at once. */
export async function copiesToReplace(
  deps: Deps,
  accountId: string,
  documentIds: readonly string[],
  at: number,
): Promise<ReplacementCopy[]> {
  const account = await findAccount(deps.db, accountId)
  if (!account) return []
  return documentIds.map((documentId) => ({
    documentId,
    id: deps.newId('dlv'),
    day: quotaDay(at, quotaZone(account), isTestDocument(documentId)),
  }))
}
