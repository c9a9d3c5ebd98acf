/** Exchanges lines with a mail server over a socket (RFC 5321 4.2). */
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { SmtpError } from './smtp-error'

export interface Reply {
  code: number
  /** All lines, as they came. */
  text: string
}

type Written = string | Uint8Array

/** A server that sends more without an end of line does not speak SMTP. */
const MAX_PENDING_CHARS = 64 * 1024

export class SmtpWire {
  #socket: Socket
  #decoder = new TextDecoder()
  /** What came after the last whole line. */
  #pending = ''
  /** Lines of a reply that has not ended. */
  #lines: string[] = []
  #replies: Reply[] = []
  /** Called with the next reply before it is returned. */
  #onReply: ((reply: Reply) => void) | undefined
  #failure: SmtpError | undefined
  /** Ends the wait for a reply or for the socket. */
  #wake: (() => void) | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    this.#listen(socket)
  }

  get isBroken(): boolean {
    return this.#failure !== undefined
  }

  /** Returns the next reply. Rejects with a SmtpError if the connection breaks or `limitMs` pass first. */
  async reply(limitMs: number): Promise<Reply> {
    await this.#until(() => this.#replies.length > 0, limitMs)
    const [reply] = this.#replies.splice(0, 1)
    if (!reply) throw this.#failure
    return reply
  }

  /** Writes pieces and waits until the socket has taken them. Rejects with a SmtpError if the connection breaks. */
  async write(pieces: readonly Written[]): Promise<void> {
    if (this.#failure) throw this.#failure
    let taken = false
    for (const [index, piece] of pieces.entries()) {
      this.#socket.write(piece, () => {
        if (index === pieces.length - 1) {
          taken = true
          this.#wake?.()
        }
      })
    }
    await this.#until(() => taken)
  }

  /** Asks for encryption, and encrypts if the server agrees with 220. Returns its reply. */
  async startTls(host: string, limitMs: number): Promise<Reply> {
    let secure = false
    this.#onReply = ({ code }) => {
      if (code !== 220) return
      this.#encrypt(host, () => {
        secure = true
        this.#wake?.()
      })
    }
    await this.write(['STARTTLS\r\n'])
    const reply = await this.reply(limitMs)
    if (reply.code === 220) await this.#until(() => secure, limitMs)
    return reply
  }

  /**
   * Puts TLS onto the socket. What the server sent before that is discarded, since anybody on the way can have added it (RFC 3207 6).
   * workerd demands that no read of the plain socket is outstanding, so it is called from the one that brought the reply.
   */
  #encrypt(host: string, done: () => void): void {
    const plain = this.#socket
    // workerd ends the plain socket when TLS takes over.
    for (const event of ['data', 'end', 'close']) plain.removeAllListeners(event)
    this.#pending = ''
    this.#lines = []
    this.#decoder = new TextDecoder()
    const socket = connectTls({ socket: plain, host, servername: host }, done)
    this.#socket = socket
    this.#listen(socket)
    plain.resume()
  }

  /** Ends the connection because of an error, which the pending call and all later ones report. */
  fail(error: ConstructorParameters<typeof SmtpError>[0]): void {
    this.#failure ??= new SmtpError(error)
    this.#socket.destroy()
    this.#wake?.()
  }

  /** Says a last line and closes, without waiting for the server. */
  end(line: string): void {
    if (this.#failure) return
    this.#failure = new SmtpError({ code: 'ECONNECTION', command: 'CONN', message: 'Connection closed' })
    this.#socket.end(line)
  }

  #listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('error', (error) => this.fail({ code: 'ESOCKET', command: 'CONN', message: String(error) }))
    socket.once('end', () => this.#closed())
    socket.once('close', () => this.#closed())
  }

  #closed(): void {
    this.fail({ code: 'ECONNECTION', command: 'CONN', message: 'Connection closed unexpectedly' })
  }

  /** Resolves once `isDone`, which is asked after whatever happens. */
  async #until(isDone: () => boolean, limitMs?: number): Promise<void> {
    // Replies to commands that were sent together come together, and a timer for each would take time.
    if (isDone()) return
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(
            () => this.fail({ code: 'ETIMEDOUT', command: 'CONN', message: 'The server took too long' }),
            limitMs,
          )
    try {
      while (!isDone()) {
        if (this.#failure) throw this.#failure
        await new Promise<void>((wake) => {
          this.#wake = wake
        })
      }
    } finally {
      clearTimeout(timer)
    }
  }

  #read(chunk: Buffer): void {
    const lines = (this.#pending + this.#decoder.decode(chunk, { stream: true })).split('\n')
    this.#pending = lines.pop() ?? ''
    if (this.#pending.length > MAX_PENDING_CHARS || this.#lines.length > MAX_LINES)
      this.fail({ code: 'EPROTOCOL', command: 'CONN', message: 'The reply does not end' })
    for (const line of lines) this.#readLine(line.replace(/\r$/, ''))
    const [reply] = this.#replies
    if (!reply) return
    const onReply = this.#onReply
    this.#onReply = undefined
    if (onReply) {
      this.#replies = [reply]
      onReply(reply)
    }
    this.#wake?.()
  }

  #readLine(line: string): void {
    this.#lines.push(line)
    const [, code, more] = /^(\d{3})(-?)/.exec(line) ?? []
    if (more === '-') return
    const text = this.#lines.splice(0).join('\n')
    if (code !== undefined) this.#replies.push({ code: Number(code), text })
    else this.fail({ code: 'EPROTOCOL', command: 'CONN', response: text, message: 'No SMTP reply' })
  }
}

const MAX_LINES = 1_000
