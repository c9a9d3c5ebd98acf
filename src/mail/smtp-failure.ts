/** What an SMTP server's refusal, or its silence, means for the mail (providers.md, 5; RFC 5321 4.2, RFC 3463). */
import type { SendOutcome } from './mailer'
import { cleanText } from './server-text'

export type Refusal = Exclude<SendOutcome, { type: 'accepted' }>

/** Fields of nodemailer's errors, and whether the server had begun to take the message. */
export interface SmtpFailure {
  /** nodemailer's: EAUTH, EENVELOPE, EMESSAGE, ECONNECTION … */
  code?: string | undefined
  /** The command that was answered: 'RCPT TO'; 'CONN' for the greeting and for whatever broke the connection; 'API' for nodemailer's own refusal. */
  command?: string | undefined
  responseCode?: number | undefined
  /** The server's reply, all lines. */
  response?: string | undefined
  message: string
  handedOver: boolean
}

/** RFC 3463: bad destination mailbox, system or syntax; no such mailbox any more; null MX (RFC 7505); mailbox disabled. */
const ADDRESS_IS_WRONG = ['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1']
const MAILBOX_FULL = '5.2.2'
const TOO_LARGE = ['5.3.4', '5.2.3']
const WANTS_AUTHENTICATION = [530, 534, 535, 538]

export function outcomeOfFailure(failure: SmtpFailure): Refusal {
  const text = cleanText(failure.response ?? failure.message)
  const code = failure.responseCode ?? 0
  if (code >= 500 && code < 600) return refused(failure, code, text)
  if (code >= 400 && code < 500) return retry(text)
  // Without a reply, what counts is whether the server may have the message.
  if (failure.handedOver) return { type: 'unknown', text }
  if (failure.code === 'EAUTH') return { type: 'pause', reason: 'credentials_refused', text }
  if (failure.code === 'EMESSAGE') return failed('message_too_large', text)
  if (failure.command === 'API' && failure.code === 'EENVELOPE') return failed('address_invalid', text)
  return retry(text)
}

function refused({ command = '', response = '' }: SmtpFailure, code: number, text: string): Refusal {
  const enhanced = enhancedStatus(response)
  const tooLarge = code === 552 || TOO_LARGE.includes(enhanced)
  if (command === 'RCPT TO' && !WANTS_AUTHENTICATION.includes(code)) return refusedRecipient(enhanced, text)
  if (command === 'DATA') return failed(tooLarge ? 'message_too_large' : 'message_refused', text)
  if (command === 'MAIL FROM' && tooLarge) return failed('message_too_large', text)
  return { type: 'pause', reason: pauseReason(command, code), text }
}

function refusedRecipient(enhanced: string, text: string): Refusal {
  const bounce = { type: 'permanent', text } as const
  if (ADDRESS_IS_WRONG.includes(enhanced)) {
    return { ...bounce, status: 'bounced', suppress: true, reason: 'address_unknown' }
  }
  const reason =
    enhanced === MAILBOX_FULL ? 'mailbox_full' : enhanced.startsWith('5.7.') ? 'refused_by_policy' : 'recipient_refused'
  return { ...bounce, status: 'soft_bounced', suppress: false, reason }
}

function pauseReason(command: string, code: number): string {
  if (command.startsWith('AUTH') || WANTS_AUTHENTICATION.includes(code)) return 'credentials_refused'
  if (command === 'STARTTLS') return 'tls_not_offered'
  return command === 'MAIL FROM' ? 'sender_refused' : 'connection_refused'
}

const failed = (reason: string, text: string): Refusal => ({
  type: 'permanent',
  status: 'failed',
  suppress: false,
  reason,
  text,
})

function retry(text: string): Refusal {
  const afterMs = waitAskedFor(text)
  return { type: 'retry', text, ...(afterMs !== undefined && { afterMs }) }
}

/** The first enhanced status code of a reply, or ''. An IP address is none. */
function enhancedStatus(response: string): string {
  return /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\.?\d)/.exec(response)?.[0] ?? ''
}

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 }
const DAY_MS = 86_400_000

/** "try again in 300 seconds" and its kin, which Postal and greylisting servers write. */
function waitAskedFor(text: string): number | undefined {
  const [, amount, unit = ''] = /\b(?:in|after) (\d{1,6}) ?(s|m|h)(?:ec|in|our|\b)/i.exec(text) ?? []
  if (amount === undefined) return undefined
  return Math.min(Number(amount) * (UNIT_MS[unit.toLowerCase()] ?? 0), DAY_MS)
}
