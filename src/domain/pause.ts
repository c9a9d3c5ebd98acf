/** Decides how long a provider connection is paused. Afterwards one mail tests whether it works again. */
import { PAUSE_MS } from './timing'

const MINUTE_MS = 60_000

/** Reasons that end without a person, unlike a refused password or sender. */
const PASSING_REASONS: readonly string[] = ['server_unreachable', 'server_busy']

/** The provider wants fewer calls. Its pause is as long as it asks for, and all mails leave again after it. */
export const RATE_LIMITED = 'rate_limited'

export const isPassing = (reason: string): boolean => PASSING_REASONS.includes(reason)

/** Pauses between tests of a server that can't be reached. */
const WAITS_MS = [MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS]

/** Delay of a single mail whose connection failed while others to the same provider work. */
export const SINGLE_REST_MS = MINUTE_MS

/**
 * Returns the length of a pause.
 * @param failures how often in a row the connection was paused before
 * @param askedMs the wait that the server asked for, if any
 */
export function pauseMs(reason: string, failures: number, askedMs?: number): number {
  if (reason === RATE_LIMITED) return askedMs ?? MINUTE_MS
  if (askedMs !== undefined) return Math.max(askedMs, MINUTE_MS)
  return isPassing(reason) ? (WAITS_MS[failures] ?? PAUSE_MS) : PAUSE_MS
}
