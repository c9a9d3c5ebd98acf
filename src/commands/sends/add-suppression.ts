import { runBatch } from '../../db/client'
import { insertManualSuppression } from '../../db/suppression-list'
import { addressKey, type EmailProblem, parseEmailAddress } from '../../domain/email-addresses'
import { ok, type Result, refuse } from '../../domain/result'
import type { GivenReason } from '../../domain/suppression'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/** Suppresses an address for the account. Mails that already wait to be sent to it are dropped when they are due. */
export async function addSuppression(
  deps: Deps,
  {
    accountId,
    actor,
    address,
    reason = 'manual',
  }: { accountId: string; actor: string; address: string; reason?: GivenReason },
): Promise<Result<null, EmailProblem | 'suppressed_already'>> {
  const parsed = parseEmailAddress(address)
  if (!parsed.ok) return parsed
  const subject = addressKey(parsed.value)
  const [inserted] = await runBatch(deps.db, [
    insertManualSuppression({ accountId, actor, addressKey: subject, reason }, deps.now()),
    auditEntry(deps, { accountId, actor, action: 'suppression_added', subject, changes: [] }),
  ])
  return inserted?.results.length ? ok(null) : refuse('suppressed_already')
}
