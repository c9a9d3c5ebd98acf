/** Keeps messages until a test drains them, also those of a process that has died since. */
export class HeldQueue<T> {
  held: T[] = []
  readonly binding = {
    send: async (body: T) => void this.held.push(body),
    sendBatch: async (messages: Iterable<{ body: T }>) => {
      for (const { body } of messages) this.held.push(body)
    },
  } as unknown as Queue<T>

  take(): T[] {
    return this.held.splice(0)
  }
}
