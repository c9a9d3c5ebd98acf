import { runBatch } from '../db/client'
import { moveQueued } from '../db/deliveries'
import { insertHistory } from '../db/history'
import { findSendContext } from '../db/send-context'
import { setSchedule } from '../db/sends'
import { ok, type Result, refuse } from '../domain/result'
import { checkSchedule, type ScheduleRefusal } from '../domain/schedule'
import type { Deps } from './deps'
import { type SendRef, sendHistory } from './send-ref'

/**
 * Another time for a send that has not been dispatched yet.
 * @param scheduledFor epoch ms; null = with the next batch
 */
export async function rescheduleSend(
  deps: Deps,
  ref: SendRef,
  scheduledFor: number | null,
): Promise<Result<{ dueAt: number }, 'not_found' | 'already_dispatched' | ScheduleRefusal>> {
  const { db } = deps
  const now = deps.now()
  const refused = checkSchedule(scheduledFor, now)
  if (refused) return refused
  const context = await findSendContext(db, ref.accountId, ref.documentId, ref.sendId)
  if (context?.earlierFor !== ref.documentId) return refuse('not_found')
  const dueAt = Math.max(now + context.settings.batchWindowMs, scheduledFor ?? 0)
  const [moved] = await runBatch(db, [
    moveQueued(db, ref, dueAt),
    insertHistory(db, [sendHistory(ref, 'rescheduled', now, { dueAt })], 'after_change'),
    setSchedule(db, ref.accountId, ref.sendId, scheduledFor),
  ])
  return (moved?.results.length ?? 0) > 0 ? ok({ dueAt }) : refuse('already_dispatched')
}
