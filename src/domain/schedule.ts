import type { AccountSettings } from './company'
import { type Refused, refuse } from './result'

export type ScheduleRefusal = 'schedule_past' | 'schedule_far'

const MAX_AHEAD_MS = 366 * 86_400_000
/** A form filled in at 14:00 and sent at 14:01 still means now. */
const GRACE_MS = 5 * 60_000

/**
 * Refuses times that are past or too far ahead.
 * @param scheduledFor epoch ms; null = with the next batch
 */
export function checkSchedule(scheduledFor: number | null, now: number): Refused<ScheduleRefusal> | undefined {
  if (scheduledFor === null) return undefined
  if (scheduledFor < now - GRACE_MS) return refuse('schedule_past')
  return scheduledFor > now + MAX_AHEAD_MS ? refuse('schedule_far') : undefined
}

/**
 * Returns when mails that are queued now may leave, epoch ms: after the batch window, in which they can be undone, or at a later time
 * that was chosen.
 * @param scheduledFor epoch ms; null = with the next batch
 */
export const dueAtOf = (
  { batchWindowMs }: Pick<AccountSettings, 'batchWindowMs'>,
  now: number,
  scheduledFor: number | null = null,
): number => Math.max(now + batchWindowMs, scheduledFor ?? 0)
