/** When a refusal "for now" is tried again: 8 times in about 24 hours, each wait ±20 % so that a crowd does not come back at once. */

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

export const MAX_ATTEMPTS = WAITS_MS.length + 1

/**
 * @param attempt the one that was just refused, from 1
 * @param askedMs how long the server asked us to wait, if it did
 * @returns epoch ms of the next attempt, or undefined when there have been enough
 */
export function nextAttemptAt(attempt: number, now: number, random: number, askedMs?: number): number | undefined {
  const wait = WAITS_MS[attempt - 1]
  if (wait === undefined) return undefined
  const jittered = wait * (0.8 + 0.4 * random)
  return Math.round(now + Math.max(jittered, Math.min(askedMs ?? 0, 24 * HOUR_MS)))
}
