import { runBatch } from '../../db/client'
import { cancelQueued } from '../../db/deliveries'
import { insertHistory } from '../../db/history'
import { refreshMailStates } from '../../db/mail-state'
import { reopenAfterUndo } from '../../db/problems'
import { countHandedOn, giveBackMails } from '../../db/quota'
import { findSend, handOnCopies, restoreLatestSends } from '../../db/sends'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { quotaToday } from './quota'
import { type SendRef, sendHistory } from './send-ref'

/**
 * Undo: takes back the mails of a send that have not been dispatched yet. The document stays what it is, number included, and the mails may be sent again today.
 * Refused with `already_dispatched` when nothing could be taken back.
 */
export async function cancelSend(
  deps: Deps,
  ref: SendRef,
): Promise<Result<{ cancelled: number }, 'not_found' | 'already_dispatched'>> {
  const { db } = deps
  const send = await findSend(db, ref.accountId, ref.sendId)
  if (send?.documentId !== ref.documentId) return refuse('not_found')
  const now = deps.now()
  const handedOn = [{ id: deps.newId('dlv'), documentId: ref.documentId }]
  const [, cancelled] = await runBatch(db, [
    giveBackMails(ref),
    cancelQueued(db, ref, now),
    insertHistory(db, [sendHistory(ref, 'cancelled', now, {})], 'after_change'),
    restoreLatestSends(ref.accountId, [ref.documentId]),
    handOnCopies(ref.accountId, handedOn, now),
    countHandedOn(ref.accountId, handedOn, await quotaToday(deps, ref.accountId)),
    reopenAfterUndo([ref]),
    db.run(refreshMailStates([ref])),
  ])
  const count = cancelled?.results.length ?? 0
  return count > 0 ? ok({ cancelled: count }) : refuse('already_dispatched')
}
