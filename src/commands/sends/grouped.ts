interface Waiting<T, R> {
  item: T
  resolve(result: R): void
  reject(error: unknown): void
}

/**
 * Batches items that arrive while the previous call runs into one call, so that concurrent callers share a round trip.
 * A single caller does not wait for others.
 */
export class Grouped<T, R> {
  #waiting: Waiting<T, R>[] = []
  #working: Promise<void> | undefined
  readonly #call: (items: T[]) => Promise<R[]>

  /** @param call returns a result for each item, in their order */
  constructor(call: (items: T[]) => Promise<R[]>) {
    this.#call = call
  }

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#working ??= this.#work()
    })
  }

  /** Resolves when no item is waiting. */
  async idle(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    // Items added in the same tick of the event loop belong to the same group.
    await new Promise((resolve) => setTimeout(resolve))
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0)
      try {
        const results = await this.#call(group.map(({ item }) => item))
        for (const [index, { resolve }] of group.entries()) resolve(results[index] as R)
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#working = undefined
  }
}
