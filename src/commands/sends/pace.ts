import type { Rate } from '../../domain/attempt'
import { TICK_MS } from '../../domain/timing'

/** Keeps one connection to the rate that its provider states with its answers, as a token bucket. Without a statement it does not wait. */
export class Pace {
  /** Calls between two resets, as far as is known. */
  #size = 0
  #left = Number.POSITIVE_INFINITY
  #resetAt = 0
  #last: Promise<void> = Promise.resolve()
  readonly #now: () => number
  readonly #wait: (ms: number) => Promise<unknown>

  constructor({ now, wait }: { now: () => number; wait: (ms: number) => Promise<unknown> }) {
    this.#now = now
    this.#wait = wait
  }

  learn({ remaining, resetMs }: Rate): void {
    this.#size = Math.max(this.#size, remaining + 1)
    this.#left = Math.min(this.#left, remaining)
    this.#resetAt = this.#now() + Math.min(resetMs, TICK_MS)
  }

  /** Resolves when the next call may begin, in the order in which it was asked. */
  turn(): Promise<void> {
    this.#last = this.#last.then(() => this.#takeOne())
    return this.#last
  }

  async #takeOne(): Promise<void> {
    if (this.#left <= 0) {
      const waitMs = this.#resetAt - this.#now()
      if (waitMs > 0) await this.#wait(waitMs)
      this.#left = this.#size
    }
    this.#left -= 1
  }
}
