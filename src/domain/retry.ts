/** Schedules the next attempt after a temporary refusal (4xx): 8 waits, 24 hours in all, each ±20 %, so that a crowd does not come back at once. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const WAITS_MS = [
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  8 * HOUR_MS,
]
/** How often a mail is attempted at most. */
export const MAX_ATTEMPTS = WAITS_MS.length + 1

const ALL_MS = 24 * HOUR_MS

export interface RefusedAttempt {
  /** Counts from 1. */
  attempt: number
  /** Time of the first attempt; epoch ms. */
  firstAt: number
  /** How long the server asked to wait, if it did. */
  askedMs?: number | undefined
}

/** Returns the time of the next attempt, epoch ms; undefined after the last one, or 24 hours after the first. */
export function nextAttemptAt(
  { attempt, firstAt, askedMs = 0 }: RefusedAttempt,
  now: number,
  random: number,
): number | undefined {
  const wait = WAITS_MS[attempt - 1]
  const endsAt = firstAt + ALL_MS
  if (wait === undefined || now >= endsAt) return undefined
  const jittered = wait * (0.8 + 0.4 * random)
  return Math.min(Math.round(now + Math.max(jittered, askedMs)), endsAt)
}
