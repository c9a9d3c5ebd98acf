/** What a local provider does wrong, call by call. */
import { pick, randomOf } from './random.ts'

export type Fault =
  | 'none'
  /** Too many requests, with and without a time to wait. */
  | 'limited'
  | 'limited_without_time'
  /** An error of the server's. */
  | 'error'
  /** No sentence of the protocol. */
  | 'garbage'
  /** Nothing, until the caller gives up. */
  | 'silent'
  | 'slow'
  /** The connection ends after the body, whether the mail was taken or not. */
  | 'cut'
  /** The connection ends before the body; only where the address is known by then. */
  | 'cut_early'

const SHARES: Record<Fault, number> = {
  ...{ none: 74, limited: 2, limited_without_time: 2, error: 4, garbage: 4, silent: 3, slow: 5, cut: 4, cut_early: 2 },
}

const EARLY_CUTS = 0.02

export interface Misfortune {
  fault: Fault
  /** Whether the mail is taken all the same, where the fault leaves it open. */
  taken: boolean
  delayMs: number
}

/** Decides the fault of each call. Silence takes up to a minute of real time, so there is only so much of it. */
export class Faults {
  readonly #seed: string
  readonly #calls = new Map<string, number>()
  readonly #connections: () => number
  #silences: number

  constructor(seed: string, silences: number) {
    this.#seed = seed
    this.#silences = silences
    this.#connections = randomOf(`${seed} connections`)
  }

  /** Returns whether a connection ends before anything is read. */
  cutsBeforeBody(): boolean {
    return this.#connections() < EARLY_CUTS
  }

  /** Returns what happens to the next call about an address. */
  next(provider: string, address: string): Misfortune {
    const key = `${provider} ${address}`
    const call = (this.#calls.get(key) ?? 0) + 1
    this.#calls.set(key, call)
    const random = randomOf(`${this.#seed} ${key} ${call}`)
    const drawn = pick(SHARES, random)
    const spoilt = { taken: random() < 0.5, delayMs: 200 + 1000 * random() }
    if (drawn === 'silent' && this.#silences <= 0) return { ...spoilt, fault: 'none' }
    if (drawn === 'silent') this.#silences -= 1
    return { ...spoilt, fault: drawn }
  }
}
