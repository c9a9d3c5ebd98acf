/** How long a provider connection rests, after which one mail is let through to see whether it works again. */
import { PAUSE_MS } from './timing'

const MINUTE_MS = 60_000

/** What passes by itself, unlike a refused password or sender. */
const PASSING_REASONS: readonly string[] = ['server_unreachable', 'server_busy']

export const isPassing = (reason: string): boolean => PASSING_REASONS.includes(reason)

/** Between trials of a server that can't be reached. */
const WAITS_MS = [MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS]

/** How long one mail waits whose own connection failed beside others that work. */
export const SINGLE_REST_MS = MINUTE_MS

/**
 * @param failures how often in a row the connection was paused before
 * @param askedMs how long the server asked us to wait, if it did
 */
export function pauseMs(reason: string, failures: number, askedMs?: number): number {
  if (askedMs !== undefined) return Math.max(askedMs, MINUTE_MS)
  return isPassing(reason) ? (WAITS_MS[failures] ?? PAUSE_MS) : PAUSE_MS
}
