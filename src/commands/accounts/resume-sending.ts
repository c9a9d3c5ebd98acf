import { runBatch } from '../../db/client'
import { endRest, wakeResting } from '../../db/resting'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/**
 * Resumes bulk and automatic mails: waiting mails leave with the next tick, and the bounce and complaint rates count
 * mails from now on.
 */
export async function resumeSending(
  deps: Deps,
  { accountId, actor }: { accountId: string; actor: string },
): Promise<void> {
  const now = deps.now()
  await runBatch(deps.db, [
    endRest(accountId, now),
    auditEntry(deps, { accountId, actor, action: 'sending_resumed', subject: '', changes: [] }),
    wakeResting(accountId, now),
  ])
}
