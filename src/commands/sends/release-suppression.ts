import { runBatch } from '../../db/client'
import { clearRepeatedFailures } from '../../db/problems'
import { deleteSuppression } from '../../db/suppression-list'
import { ok, type Result, refuse } from '../../domain/result'
import type { SuppressionReason } from '../../domain/suppression'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/**
 * Mails to an address may leave again; who released it, and from what, stands in the audit list. Refused with `released_already` where
 * it is not suppressed for the reason that the person was warned of.
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
