import type { Socket } from 'node:net'

/** Reads what a client of a mail server writes, commands line by line and messages up to the dot, and replies. */
export class SmtpReader {
  readonly #socket: Socket
  readonly #chunks: AsyncIterator<Buffer>
  #text = ''

  constructor(socket: Socket) {
    this.#socket = socket
    this.#chunks = socket[Symbol.asyncIterator]()
  }

  say(line: string): void {
    this.#socket.write(`${line}\r\n`)
  }

  /** Resolves when the client has closed the connection. */
  async end(): Promise<void> {
    while (!(await this.#chunks.next()).done);
  }

  /** Yields commands until the client closes the connection. */
  async *lines(): AsyncGenerator<string> {
    for (;;) {
      const line = await this.#until('\r\n')
      if (line === undefined) return
      yield line
    }
  }

  /** Returns a message after DATA. Throws if the connection ends within it. */
  async message(): Promise<string> {
    const message = await this.#until('\r\n.\r\n')
    if (message === undefined) throw new Error('the client went away')
    return message
  }

  async #until(end: string): Promise<string | undefined> {
    // Only the last few characters of what was searched can be the beginning of the end.
    let from = 0
    for (;;) {
      const at = this.#text.indexOf(end, from)
      if (at >= 0) {
        const found = this.#text.slice(0, at)
        this.#text = this.#text.slice(at + end.length)
        return found
      }
      from = Math.max(0, this.#text.length - end.length)
      const { value, done } = await this.#chunks.next()
      if (done) return undefined
      this.#text += value.toString('latin1')
    }
  }
}
