import { insertHistory } from '../../db/history'
import type { HostedLink } from '../../db/hosted-links'
import type { Deps } from '../deps'

const HOUR_MS = 3_600_000

/** Records that a customer viewed the page of a link or downloaded from it: at most one History row per link and hour. */
export async function recordView(
  deps: Deps,
  { accountId, documentId, deliveryId }: Pick<HostedLink, 'accountId' | 'documentId' | 'deliveryId'>,
  type: 'viewed' | 'downloaded',
): Promise<void> {
  const at = deps.now()
  const id = `${type === 'viewed' ? 'vw' : 'dl'}_${deliveryId}_${Math.floor(at / HOUR_MS)}`
  await insertHistory(deps.db, [{ accountId, documentId, id, at, type, actor: '', deliveryId, data: {} }])
}
