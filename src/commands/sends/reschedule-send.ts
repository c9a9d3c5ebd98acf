import { runBatch } from '../../db/client'
import { moveQueued } from '../../db/deliveries'
import { insertHistory } from '../../db/history'
import { moveCount } from '../../db/quota'
import { findSendContext } from '../../db/send-context'
import { setSchedule } from '../../db/sends'
import { quotaDay, quotaZone } from '../../domain/quota'
import { ok, type Result, refuse } from '../../domain/result'
import { checkSchedule, dueAtOf, type ScheduleRefusal } from '../../domain/schedule'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { refuseOverQuota } from './quota'
import { type SendRef, sendHistory } from './send-ref'

/**
 * Changes the time of a send that has not been dispatched yet.
 * @param scheduledFor epoch ms; null = with the next batch
 */
export async function rescheduleSend(
  deps: Deps,
  ref: SendRef,
  scheduledFor: number | null,
): Promise<Result<{ dueAt: number }, 'not_found' | 'already_dispatched' | 'quota_reached' | ScheduleRefusal>> {
  const { db } = deps
  const now = deps.now()
  const refused = checkSchedule(scheduledFor, now)
  if (refused) return refused
  const context = await findSendContext(db, ref.accountId, ref.documentId, ref.sendId)
  if (context?.earlierFor !== ref.documentId) return refuse('not_found')
  const dueAt = dueAtOf(context.settings, now, scheduledFor)
  const timeZone = quotaZone(context)
  const test = isTestDocument(ref.documentId)
  const countedOn = quotaDay(dueAt, timeZone, test)
  return refuseOverQuota(deps, { accountId: ref.accountId, leavesAt: dueAt, timeZone, test }, async () => {
    const [, , moved] = await runBatch(db, [
      ...moveCount(ref, countedOn, context.dailyQuota),
      moveQueued(db, ref, dueAt),
      setSchedule(db, ref, { scheduledFor, countedOn }),
      insertHistory(db, [sendHistory(ref, 'rescheduled', now, { dueAt })], 'after_change'),
    ])
    return (moved?.results.length ?? 0) > 0 ? ok({ dueAt }) : refuse('already_dispatched')
  })
}
