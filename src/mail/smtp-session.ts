/** One conversation with a mail server (RFC 5321), from its greeting to QUIT. */
import type { OutgoingMail } from './mailer'
import { dotStuffed } from './smtp-dots'
import { SmtpError } from './smtp-error'
import type { SmtpFailure } from './smtp-failure'
import type { SmtpSettings } from './smtp-settings'
import { signIn } from './smtp-sign-in'
import type { Connect } from './smtp-socket'
import { type Reply, SmtpWire } from './smtp-wire'

export interface SmtpTimeouts {
  /** Limit for opening the connection, TLS included. */
  connectMs: number
  /** Limit for the greeting, and for STARTTLS. */
  greetingMs: number
  /** Limit for any other reply. */
  silenceMs: number
  /** Limit for one `send`, connecting included, even if the server keeps replying slowly. */
  sendMs: number
}

/** Limits the mails of a session: most servers allow 100. */
const MAX_MAILS = 100

/** How far a mail has come. */
interface Progress {
  /** The server has accepted MAIL FROM, and so may have received the recipient. */
  recipientNamed: boolean
  /** The server may have received the message. */
  handedOver: boolean
}

export class SmtpSession {
  readonly #wire: SmtpWire
  readonly #timeouts: SmtpTimeouts
  /** EHLO keywords with their parameters. */
  #extensions = new Map<string, string>()
  #mails = 0

  private constructor(wire: SmtpWire, timeouts: SmtpTimeouts) {
    this.#wire = wire
    this.#timeouts = timeouts
  }

  /** Connects, encrypts as the settings require, and signs in. Rejects with SmtpError. */
  static async open(
    settings: SmtpSettings,
    connect: Connect,
    timeouts: SmtpTimeouts,
    signal: AbortSignal,
  ): Promise<SmtpSession> {
    const { host, port, security } = settings
    const connecting = AbortSignal.any([signal, AbortSignal.timeout(timeouts.connectMs)])
    const target = { host, port, secure: security === 'tls' }
    const socket = await connect(target, connecting).catch((error: unknown) => {
      throw new SmtpError({ code: 'ESOCKET', command: 'CONN', message: String(error) })
    })
    const session = new SmtpSession(new SmtpWire(socket), timeouts)
    await session.#limited(signal, () => session.#begin(settings))
    return session
  }

  /** Returns whether another mail may be sent over it. */
  get isUsable(): boolean {
    return !this.#wire.isBroken && this.#mails < MAX_MAILS
  }

  /**
   * Sends a mail and returns the server's reply to the message. Rejects with SmtpError, after which the session can't
   * be used.
   */
  async send(mail: OutgoingMail, signal: AbortSignal): Promise<string> {
    this.#mails += 1
    const progress = { recipientNamed: false, handedOver: false }
    return this.#limited(signal, () => this.#transfer(mail, progress), progress)
  }

  /** Sends QUIT without waiting for the reply. */
  close(): void {
    this.#wire.end('QUIT\r\n')
  }

  async #begin({ host, security, name, user, pass }: SmtpSettings): Promise<void> {
    const { greetingMs } = this.#timeouts
    const greeting = await this.#wire.reply(greetingMs)
    if (greeting.code !== 220) throw refused('CONN', greeting, 'EPROTOCOL')
    await this.#greet(name)
    if (security === 'starttls') {
      // Asked for even if it is not offered: a list without it may have been shortened on the way.
      const reply = await this.#wire.startTls(host, greetingMs)
      if (reply.code !== 220) throw refused('STARTTLS', reply, 'ETLS')
      await this.#greet(name)
    }
    if (user === '') return
    if (pass === '') throw new SmtpError({ code: 'EAUTH', command: 'AUTH', message: 'There is no password' })
    const offered = (this.#extensions.get('AUTH') ?? '').toUpperCase().split(' ')
    const { command, ...reply } = await signIn((line) => this.#ask(line), offered, { user, pass })
    if (reply.code !== 235) throw refused(command, reply, 'EAUTH')
  }

  async #greet(name: string): Promise<void> {
    const reply = await this.#ask(`EHLO ${name}`)
    if (reply.code === 250) {
      this.#extensions = extensionsOf(reply.text)
      return
    }
    this.#extensions.clear()
    const older = reply.code >= 500 ? await this.#ask(`HELO ${name}`) : reply
    if (older.code !== 250) throw refused('EHLO', older, 'ECONNECTION')
  }

  async #transfer({ from, returnPath = from, to, mime }: OutgoingMail, progress: Progress): Promise<string> {
    const limit = Number(this.#extensions.get('SIZE') ?? 0)
    if (limit > 0 && mime.length > limit)
      throw new SmtpError({
        code: 'EMESSAGE',
        command: 'MAIL FROM',
        message: `The server takes ${limit} bytes at most`,
      })
    await this.#announce(this.#mailFrom(returnPath, to, mime.length), `RCPT TO:<${to}>`, progress)
    progress.handedOver = true
    await this.#wire.write(dotStuffed(mime))
    const reply = await this.#wire.reply(this.#timeouts.silenceMs)
    if (!isPositive(reply)) throw refused('DATA', reply, 'EMESSAGE')
    return reply.text
  }

  /** Gets leave to send the message: in one round trip where the server takes commands without waiting (RFC 2920). */
  async #announce(mailFrom: string, rcptTo: string, progress: Progress): Promise<void> {
    const pipelining = this.#extensions.has('PIPELINING')
    const commands = [mailFrom, rcptTo, 'DATA']
    if (pipelining) await this.#wire.write([commands.map((line) => `${line}\r\n`).join('')])
    const replyTo = (line: string) => (pipelining ? this.#wire.reply(this.#timeouts.silenceMs) : this.#ask(line))
    const sender = await replyTo(mailFrom)
    if (!isPositive(sender)) throw refused('MAIL FROM', sender, 'EENVELOPE')
    progress.recipientNamed = true
    const recipient = await replyTo(rcptTo)
    if (!isPositive(recipient)) throw refused('RCPT TO', recipient, 'EENVELOPE')
    const data = await replyTo('DATA')
    if (data.code !== 354) throw refused('DATA', data, 'EMESSAGE')
  }

  #mailFrom(from: string, to: string, bytes: number): string {
    const parameters = [
      ...(/[^\0-\x7f]/.test(from + to) && this.#extensions.has('SMTPUTF8') ? [' SMTPUTF8'] : []),
      ...(this.#extensions.has('SIZE') ? [` SIZE=${bytes}`] : []),
    ]
    return `MAIL FROM:<${from}>${parameters.join('')}`
  }

  async #ask(line: string): Promise<Reply> {
    await this.#wire.write([`${line}\r\n`])
    return this.#wire.reply(this.#timeouts.silenceMs)
  }

  /** Ends the connection if the work fails or does not end before `signal`. */
  async #limited<T>(signal: AbortSignal, work: () => Promise<T>, progress?: Progress): Promise<T> {
    const abort = () => this.#wire.fail({ code: 'ETIMEDOUT', command: 'CONN', message: 'The server took too long' })
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    try {
      return await work()
    } catch (error) {
      const failure: Partial<SmtpFailure> = error instanceof SmtpError ? error : { message: String(error) }
      this.#wire.fail(failure)
      throw new SmtpError(failure, progress)
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
}

const isPositive = ({ code }: Reply): boolean => code >= 200 && code < 300

const refused = (command: string, { code: responseCode, text }: Reply, code: string): SmtpError =>
  new SmtpError({ code, command, responseCode, response: text, message: text })

/** Reads the keywords of a reply to EHLO: `250-SIZE 1000`, and `250-AUTH=LOGIN` of old servers. */
function extensionsOf(text: string): Map<string, string> {
  const lines = text.split('\n').slice(1)
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, keyword, parameters = ''] = /^\d{3}[ -]([\w-]+)(?:[ =](.*))?/.exec(line) ?? []
      return keyword === undefined ? [] : [[keyword.toUpperCase(), parameters.trim()]]
    }),
  )
}
