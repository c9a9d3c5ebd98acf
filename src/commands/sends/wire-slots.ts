interface Waiting {
  connection: string
  go(): void
}

/** Limits the calls to providers that are under way, so that a silent provider delays only its own mails. */
export class WireSlots {
  readonly #busy = new Map<string, number>()
  #free: number
  #waiting: Waiting[] = []
  readonly #share: () => number

  /** @param share returns how many of the slots one connection may take at this moment */
  constructor(slots: number, share: () => number) {
    this.#free = slots
    this.#share = share
  }

  /** Runs `work` once a slot is free. */
  async use<T>(connection: string, work: () => Promise<T>): Promise<T> {
    const turn = new Promise<void>((go) => this.#waiting.push({ connection, go }))
    this.advance()
    await turn
    try {
      return await work()
    } finally {
      this.#free += 1
      this.#busy.set(connection, this.#busyWith(connection) - 1)
      this.advance()
    }
  }

  /** Gives free slots to those who wait: also to be called when the share has grown. */
  advance(): void {
    const share = this.#share()
    this.#waiting = this.#waiting.filter(({ connection, go }) => {
      if (this.#free === 0 || this.#busyWith(connection) >= share) return true
      this.#free -= 1
      this.#busy.set(connection, this.#busyWith(connection) + 1)
      go()
      return false
    })
  }

  #busyWith(connection: string): number {
    return this.#busy.get(connection) ?? 0
  }
}
