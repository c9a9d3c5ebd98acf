/** Decides when an event is posted to an endpoint again. */

/** `waiting` until it was taken or given up. `stopped`: its endpoint was disabled. */
export const CALL_STATES = ['waiting', 'done', 'failed', 'stopped'] as const
export type CallState = (typeof CALL_STATES)[number]

/** One attempt: the status of the answer, or why there was none. */
export interface CallAttempt {
  at: number
  status: number | null
  /** The beginning of the answer, or of the error. */
  text: string
  ms: number
}

/** Attempts that a call remembers. */
export const KEPT_ATTEMPTS = 20
export const MAX_ANSWER_CHARS = 500

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Waits after the first, second … attempt: three days in all. */
const WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 16 * HOUR, 24 * HOUR]

/** Returns how long to wait after this many attempts; undefined when no attempt is left. */
export const waitAfter = (attempts: number, random: number): number | undefined => {
  const wait = WAITS[attempts - 1]
  return wait === undefined ? undefined : Math.round(wait * (1 + random / 10))
}

/** An endpoint that has taken nothing for so long is disabled. */
export const FAILING_MS = 3 * 24 * HOUR

/** For so long a signature with the previous secret is sent too. */
export const SECRET_OVERLAP_MS = 24 * HOUR

/** `gone`: it answered 410. `failing`: it took nothing for three days. `by_hand`: somebody switched it off. */
export const DISABLED_REASONS = ['gone', 'failing', 'by_hand'] as const
export type DisabledReason = (typeof DISABLED_REASONS)[number]

export const MAX_ENDPOINTS = 20
export const ENDPOINT_DESCRIPTION_CHARS = 100
