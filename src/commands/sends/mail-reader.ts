/** Reads a mail that arrives as a stream no further than it must. */
export class MailReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #chunks: Uint8Array[] = []
  #bytes = 0

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader()
  }

  /** Returns the mail from its beginning, cut off after so many bytes. */
  async upTo(bytes: number): Promise<Uint8Array> {
    while (this.#bytes < bytes) {
      const { value, done } = await this.#reader.read()
      if (done) break
      this.#chunks.push(value)
      this.#bytes += value.length
    }
    return new Uint8Array(Buffer.concat(this.#chunks)).subarray(0, bytes)
  }

  /** Gives up the rest. */
  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined)
  }
}
