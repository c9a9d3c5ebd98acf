interface Waiting<T, R> {
  item: T
  resolve(result: R): void
  reject(error: unknown): void
}

/**
 * Runs one call for all that has gathered while the call before was under way, so that many who ask at the same time cost one trip,
 * and one who asks alone does not wait for others.
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

  /** Settles when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    // Those who became ready in the same moment belong to the same group.
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
