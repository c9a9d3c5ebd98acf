import { runBatch } from '../../db/client'
import { cancelQueued, countNotCancelled } from '../../db/deliveries'
import { insertCancelledHistory } from '../../db/history'
import { refreshMailStates } from '../../db/mail-state'
import { reopenAfterUndo } from '../../db/problems'
import { restoreQuota } from '../../db/quota'
import { findSend, replaceCopies, restoreLatestSends } from '../../db/sends'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { copiesToReplace } from './copies-to-replace'
import type { SendRef } from './send-ref'

/**
 * Cancels the mails of a send that have not been dispatched yet. The document and its number stay; it may be sent again.
 * Refused with `already_dispatched` if no mail could be cancelled.
 * @returns how many mails were cancelled, and how many mails to the customer are left: on their way or delivered
 */
export async function cancelSend(
  deps: Deps,
  ref: SendRef,
): Promise<Result<{ cancelled: number; left: number }, 'not_found' | 'already_dispatched'>> {
  const { db } = deps
  const send = await findSend(db, ref.accountId, ref.sendId)
  if (send?.documentId !== ref.documentId) return refuse('not_found')
  const now = deps.now()
  const { accountId, documentId, sendId, userId } = ref
  const takenBack = { accountId, documentId, sendId, id: `his_${sendId}_cancelled_${now}`, at: now, actor: userId }
  const [, cancelled, , left] = await runBatch(db, [
    restoreQuota(ref),
    cancelQueued(db, ref, now),
    insertCancelledHistory([takenBack], 'after_change'),
    countNotCancelled(ref),
    restoreLatestSends(accountId, [documentId]),
    ...replaceCopies(accountId, await copiesToReplace(deps, accountId, [documentId], now), now),
    reopenAfterUndo([ref]),
    db.run(refreshMailStates([ref])),
  ])
  const count = cancelled?.results.length ?? 0
  return count > 0 ? ok({ cancelled: count, left: Number(left?.results[0]?.n ?? 0) }) : refuse('already_dispatched')
}
