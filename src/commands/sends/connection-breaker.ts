import type { Pause } from '../../db/dispatch'
import type { SendOutcome } from '../../domain/attempt'
import { isPassing, pauseMs, RATE_LIMITED, SINGLE_REST_MS } from '../../domain/pause'
import { MAILS_IN_FLIGHT } from '../../domain/timing'

export type PauseOutcome = Extract<SendOutcome, { type: 'pause' }>

/** Returns the outcome as a pause of its connection, if it is one: a provider that is asked too often (429) refuses every mail. */
export function pauseOf(outcome: SendOutcome): PauseOutcome | undefined {
  if (outcome.type === 'pause') return outcome
  if (outcome.type !== 'retry' || outcome.reason !== RATE_LIMITED) return undefined
  return { ...outcome, type: 'pause', reason: RATE_LIMITED }
}

/** Consecutive failures after which a connection is paused even if it worked earlier in this invocation. */
const FAILURES_IN_A_ROW = 3

/**
 * Decides for one provider connection, within one invocation, when it takes no more mails. A refusal that only a
 * person can resolve opens it at once. A connection that can't be reached opens it unless it has just worked: then
 * the server may only limit the number of connections, so fewer are used.
 */
export class ConnectionBreaker {
  /** Limits the mails that are prepared, claimed and sent at the same time. */
  limit: number
  inFlight = 0
  /** More mails are claimed than are on the wire. */
  readonly claimsAhead: boolean
  #pausedUntil: number | undefined
  /** Why it was paused in this invocation. */
  #pausedBy: PauseOutcome | undefined
  #failures: number
  #works = false
  #inARow = 0

  /** @param inFlight `PROVIDERS[kind].inFlight` */
  constructor(state: Pause | undefined, now: number, inFlight: number = MAILS_IN_FLIGHT) {
    this.limit = inFlight
    this.claimsAhead = inFlight > MAILS_IN_FLIGHT
    this.#failures = state?.failures ?? 0
    if (state && state.pausedUntil > now) this.#pausedUntil = state.pausedUntil
  }

  /** Returns the end of the pause in epoch ms; undefined while the connection takes mails. */
  get pausedUntil(): number | undefined {
    return this.#pausedUntil
  }

  /** Returns the failure that paused it in this invocation. */
  get pausedBy(): PauseOutcome | undefined {
    return this.#pausedBy
  }

  get isOpen(): boolean {
    return this.#pausedUntil !== undefined
  }

  /** Records that the server processed a recipient. Returns true if this ends a series of failures. */
  succeeded(): boolean {
    this.#works = true
    this.#inARow = 0
    const recovers = this.#failures > 0 && !this.isOpen
    if (recovers) this.#failures = 0
    return recovers
  }

  /**
   * Records that the connection failed.
   * @returns when the mail may be sent again, and whether this failure pauses the whole connection, which the caller
   *   must write
   */
  failed(outcome: PauseOutcome, now: number): { until: number; opens: boolean } {
    const { reason, afterMs } = outcome
    if (this.#pausedUntil !== undefined) return { until: this.#pausedUntil, opens: false }
    this.#inARow += 1
    if (isPassing(reason) && this.#works && this.#inARow < FAILURES_IN_A_ROW) {
      this.limit = Math.max(1, Math.min(this.limit, MAILS_IN_FLIGHT) - 1)
      return { until: now + SINGLE_REST_MS, opens: false }
    }
    this.#pausedUntil = now + pauseMs(reason, this.#failures, afterMs)
    this.#pausedBy = outcome
    return { until: this.#pausedUntil, opens: true }
  }
}
