/** Checks the times that signatures cover. */

interface Tolerance {
  pastMs: number
  futureMs: number
}

/** Checks that a signed time (epoch seconds) lies within the tolerance around `now` (epoch ms). */
export function isCurrent(timestamp: string, now: number, { pastMs, futureMs }: Tolerance): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false
  const ageMs = now - Number(timestamp) * 1000
  return ageMs <= pastMs && ageMs >= -futureMs
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
