import { runBatch } from '../../db/client'
import { clearRepeatedFailures } from '../../db/problems'
import { deleteSuppression } from '../../db/suppression-list'
import { ok, type Result, refuse } from '../../domain/result'
import type { SuppressionReason } from '../../domain/suppression'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/**
 * Releases an address from suppression and records the actor and the reason in the audit list. Refused with `released_already` if it
 * is no longer suppressed for the reason that the form showed.
 */
export async function releaseSuppression(
  deps: Deps,
  {
    accountId,
    actor,
    addressKey,
    reason,
  }: { accountId: string; actor: string; addressKey: string; reason: SuppressionReason },
): Promise<Result<null, 'released_already'>> {
  const changes = [{ field: 'suppression', from: reason, to: '' }]
  const [deleted] = await runBatch(deps.db, [
    deleteSuppression(accountId, addressKey, reason),
    auditEntry(deps, { accountId, actor, action: 'suppression_released', subject: addressKey, changes }),
    clearRepeatedFailures(accountId, addressKey),
  ])
  return deleted?.results.length ? ok(null) : refuse('released_already')
}
