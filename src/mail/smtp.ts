/** Sends mails to any SMTP server and reuses its connections. */

import { PROVIDER_TIMEOUT_MS } from '../domain/timing'
import { signMail } from './dkim'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'
import { cleanText } from './server-text'
import { SmtpError } from './smtp-error'
import { outcomeOfFailure } from './smtp-failure'
import { SmtpSession, type SmtpTimeouts } from './smtp-session'
import type { SmtpSettings } from './smtp-settings'
import { type Connect, connectSocket } from './smtp-socket'

export const SMTP_TIMEOUTS: SmtpTimeouts = {
  connectMs: 10_000,
  greetingMs: 10_000,
  silenceMs: 30_000,
  sendMs: PROVIDER_TIMEOUT_MS,
}

export interface SmtpOptions {
  connect?: Connect
  timeouts?: SmtpTimeouts
}

/**
 * Returns a mailer for one invocation, since sockets don't outlive it. Each concurrent send uses its own connection;
 * free ones are reused.
 */
export function smtpMailer(
  settings: SmtpSettings,
  { connect = connectSocket, timeouts = SMTP_TIMEOUTS }: SmtpOptions = {},
): Mailer {
  const free: SmtpSession[] = []

  async function sendOver(session: SmtpSession, mail: OutgoingMail, signal: AbortSignal): Promise<string> {
    const reply = await session.send(mail, signal)
    if (session.isUsable) free.push(session)
    else session.close()
    return reply
  }

  /** Sends over a free session. Returns undefined if there is none or the server has closed it. */
  async function sendOverFree(mail: OutgoingMail, signal: AbortSignal): Promise<string | undefined> {
    const kept = free.pop()
    return (
      kept &&
      sendOver(kept, mail, signal).catch((error: unknown) =>
        wasClosedWhileIdle(error) ? undefined : Promise.reject(error),
      )
    )
  }

  async function sendOverNew(mail: OutgoingMail, signal: AbortSignal): Promise<string> {
    return sendOver(await SmtpSession.open(settings, connect, timeouts, signal), mail, signal)
  }

  return {
    async send(unsigned) {
      if (![unsigned.returnPath ?? unsigned.from, unsigned.to].every(isSafeAddress)) return UNSAFE_ADDRESS
      const { dkim, mime } = unsigned
      const mail = dkim ? { ...unsigned, mime: await signMail(mime, dkim) } : unsigned
      const signal = AbortSignal.timeout(timeouts.sendMs)
      try {
        const reply = (await sendOverFree(mail, signal)) ?? (await sendOverNew(mail, signal))
        return { type: 'accepted', providerMessageId: queueId(reply), text: cleanText(reply) }
      } catch (error) {
        if (error instanceof SmtpError) return outcomeOfFailure(error)
        throw error
      }
    },
    close() {
      for (const session of free.splice(0)) session.close()
    },
  }
}

/** Returns whether an address contains nothing that could end the command or the angle brackets around it. */
const isSafeAddress = (address: string): boolean => !/[\p{Cc}<>]/u.test(address) && address.includes('@')

const UNSAFE_ADDRESS: SendOutcome = {
  type: 'permanent',
  status: 'failed',
  suppress: false,
  reason: 'address_invalid',
  text: 'Not sent: the address contains characters that SMTP does not allow.',
}

/** Returns true if the server had closed an idle connection, with or without a reply, and did not take the message. */
function wasClosedWhileIdle(error: unknown): boolean {
  if (!(error instanceof SmtpError) || error.handedOver) return false
  return error.responseCode === 421 || ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT'].includes(error.code ?? '')
}

/** Returns the server's id of the message, if the reply names it: `250 2.0.0 Ok: queued as 4F2B1`. */
function queueId(reply: string): string {
  return /queued as ([\w.-]+)/i.exec(reply)?.[1] ?? /<([^<>\s]+@[^<>\s]+)>/.exec(reply)?.[1] ?? ''
}
