/** Wraps one connection to a mail server in promises, from its greeting to QUIT. */
import { Readable } from 'node:stream'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import type { OutgoingMail } from './mailer'
import type { SmtpFailure } from './smtp-failure'
import type { SmtpSettings } from './smtp-settings'
import type { Connect } from './smtp-socket'

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

export class SmtpError extends Error implements SmtpFailure {
  readonly code: string | undefined
  readonly command: string | undefined
  readonly responseCode: number | undefined
  readonly response: string | undefined
  readonly recipientNamed: boolean
  readonly handedOver: boolean

  constructor(error: Partial<SmtpFailure>, { recipientNamed = false, handedOver = false } = {}) {
    super(error.message ?? 'unknown error')
    this.code = error.code
    this.command = error.command
    this.responseCode = error.responseCode || undefined
    this.response = error.response
    this.recipientNamed = recipientNamed
    this.handedOver = handedOver
  }
}

export class SmtpSession {
  readonly #connection: SMTPConnection
  #mails = 0

  private constructor(connection: SMTPConnection) {
    this.#connection = connection
    // An idle session that breaks is noticed when it is used next.
    connection.on('error', () => {})
  }

  /** Connects, encrypts as the settings require, and signs in. Rejects with SmtpError. */
  static async open(
    settings: SmtpSettings,
    connect: Connect,
    timeouts: SmtpTimeouts,
    signal: AbortSignal,
  ): Promise<SmtpSession> {
    const { host, port, security, user, pass } = settings
    const secure = security === 'tls'
    const connecting = AbortSignal.any([signal, AbortSignal.timeout(timeouts.connectMs)])
    const socket = await connect({ host, port, secure }, connecting).catch((error: unknown) => {
      throw new SmtpError({ code: 'ESOCKET', command: 'CONN', message: String(error) })
    })
    const connection = new SMTPConnection({ ...optionsOf(settings, timeouts), connection: socket, secured: secure })
    const session = new SmtpSession(connection)
    await session.#until<void>(signal, (done) => connection.connect(done))
    if (user) await session.#until<void>(signal, (done) => connection.login({ user, pass }, (error) => done(error)))
    return session
  }

  /** Returns whether another mail may be sent over it. */
  get isUsable(): boolean {
    return !this.#connection.destroyed && this.#mails < MAX_MAILS
  }

  /**
   * Sends a mail and returns the server's reply to the message. Rejects with SmtpError, after which the session can't
   * be used.
   */
  async send({ from, returnPath = from, to, mime }: OutgoingMail, signal: AbortSignal): Promise<string> {
    this.#mails += 1
    const body = new Body(mime)
    const envelope = { from: returnPath, to: [to], size: mime.length }
    // The first reply from now on is the one to MAIL FROM.
    this.#connection.lastServerResponse = false
    return this.#until<string>(
      signal,
      (done) => this.#connection.send(envelope, body, (error, info) => done(error, info?.response)),
      body,
    )
  }

  /** Sends QUIT without waiting for the reply. */
  close(): void {
    if (!this.#connection.destroyed) this.#connection.quit()
    this.#connection.close()
  }

  /** Returns whether the server had accepted MAIL FROM before a mail failed. */
  #hasAcceptedSender(failedAt: string | undefined): boolean {
    return failedAt !== 'MAIL FROM' && typeof this.#connection.lastServerResponse === 'string'
  }

  #until<T>(
    signal: AbortSignal,
    start: (done: (error?: Partial<SmtpFailure> | null, value?: T) => void) => void,
    body?: Body,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const stopListening = () => {
        signal.removeEventListener('abort', abort)
        this.#connection.off('error', fail)
      }
      const fail = (error: Partial<SmtpFailure>) => {
        stopListening()
        this.#connection.close()
        const handedOver = body?.isHandedOver ?? false
        const recipientNamed = handedOver || (body !== undefined && this.#hasAcceptedSender(error.command))
        reject(new SmtpError(error, { recipientNamed, handedOver }))
      }
      const abort = () => fail({ code: 'ETIMEDOUT', command: 'CONN', message: 'The server took too long' })
      if (signal.aborted) return abort()
      signal.addEventListener('abort', abort)
      // nodemailer reports a connection that breaks during sign-in by this event only.
      this.#connection.on('error', fail)
      start((error, value) => {
        if (error) return fail(error)
        stopListening()
        resolve(value as T)
      })
    })
  }
}

/** Detects the handover: nodemailer pipes the body only after the server's 354 reply. */
class Body extends Readable {
  isHandedOver = false
  readonly #bytes: Buffer

  constructor(bytes: Uint8Array) {
    super()
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  override _read(): void {
    this.push(this.#bytes)
    this.push(null)
  }

  override pipe<T extends NodeJS.WritableStream>(destination: T, options?: { end?: boolean }): T {
    this.isHandedOver = true
    return super.pipe(destination, options)
  }
}

const optionsOf = ({ host, port, security, name }: SmtpSettings, timeouts: SmtpTimeouts): SMTPConnectionOptions => ({
  host,
  port,
  name,
  secure: security === 'tls',
  requireTLS: security === 'starttls',
  ignoreTLS: security !== 'starttls',
  connectionTimeout: timeouts.connectMs,
  greetingTimeout: timeouts.greetingMs,
  socketTimeout: timeouts.silenceMs,
  socketCloseTimeout: 1_000,
})
