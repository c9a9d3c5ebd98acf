/** Maps an SMTP server's refusal or silence to the outcome of a mail (RFC 5321 4.2, RFC 3463). */
import type { SendOutcome } from './mailer'
import { cleanText } from './server-text'

export type Refusal = Exclude<SendOutcome, { type: 'accepted' }>

/** What went wrong in a conversation, and how far the mail had come. */
export interface SmtpFailure {
  /** EAUTH, EENVELOPE, EMESSAGE, ECONNECTION … */
  code?: string | undefined
  /**
   * The command that failed: 'RCPT TO'; 'CONN' for the greeting and for a broken connection; `API` if we
   * itself refused.
   */
  command?: string | undefined
  responseCode?: number | undefined
  /** The server's reply, all lines. */
  response?: string | undefined
  message: string
  /**
   * True if the server had accepted MAIL FROM, and so may have received the recipient. Before that, a failure says
   * nothing about the mail.
   */
  recipientNamed: boolean
  /** True if the server may have received the message. */
  handedOver: boolean
}

/** RFC 3463: bad destination mailbox, system or syntax; no such mailbox any more; null MX (RFC 7505); mailbox disabled. */
const ADDRESS_IS_WRONG = ['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1']
const MAILBOX_FULL = '5.2.2'
const TOO_LARGE = ['5.3.4', '5.2.3']
const WANTS_AUTHENTICATION = [530, 534, 535, 538]

/** Returns the outcome of an attempt that failed. */
export function outcomeOfFailure(failure: SmtpFailure): Refusal {
  const text = cleanText(failure.response ?? failure.message)
  const code = failure.responseCode ?? 0
  const { command = '' } = failure
  // Refused before the server was asked.
  if (code === 0 && !failure.handedOver && failure.code === 'EMESSAGE') return failed('message_too_large', text)
  if (command === 'API' && failure.code === 'EENVELOPE') return failed('address_invalid', text)
  if (!failure.recipientNamed) return connectionFailed(failure, code, text)
  if (code >= 500 && code < 600) return refused(failure, code, text)
  if (code >= 400 && code < 500) return retry(text)
  // Without a reply, the outcome depends on whether the server may have the message.
  return failure.handedOver ? { type: 'unknown', text } : retry(text)
}

/**
 * Returns the outcome of a failure before the server received the recipient: it is the connection's, which is paused,
 * and no attempt of the mail is counted.
 */
function connectionFailed(
  { command = '', code: kind, response = '' }: SmtpFailure,
  code: number,
  text: string,
): Refusal {
  if (command === 'MAIL FROM' && isTooLarge(code, enhancedStatus(response))) return failed('message_too_large', text)
  if (code >= 500 && code < 600) return { type: 'pause', reason: pauseReason(command, code), text }
  if (code >= 400 && code < 500) return { type: 'pause', reason: 'server_busy', text, ...requestedWait(text) }
  return { type: 'pause', reason: kind === 'EAUTH' ? 'credentials_refused' : 'server_unreachable', text }
}

function refused({ command = '', response = '' }: SmtpFailure, code: number, text: string): Refusal {
  const enhanced = enhancedStatus(response)
  if (command === 'RCPT TO' && !WANTS_AUTHENTICATION.includes(code)) return refusedRecipient(enhanced, text)
  if (command === 'DATA') return failed(isTooLarge(code, enhanced) ? 'message_too_large' : 'message_refused', text)
  return { type: 'pause', reason: pauseReason(command, code), text }
}

const isTooLarge = (code: number, enhanced: string): boolean => code === 552 || TOO_LARGE.includes(enhanced)

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

const retry = (text: string): Refusal => ({ type: 'retry', text, ...requestedWait(text) })

function requestedWait(text: string): { afterMs?: number } {
  const afterMs = parseWaitMs(text)
  return afterMs === undefined ? {} : { afterMs }
}

/** Returns the first enhanced status code 5.x.x of a reply, or ''. Skips IP addresses. */
function enhancedStatus(response: string): string {
  return /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\.?\d)/.exec(response)?.[0] ?? ''
}

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 }
const DAY_MS = 86_400_000

/**
 * Parses "try again in 300 seconds" and similar texts, which Postal and greylisting servers write. Returns a day at
 * most.
 */
function parseWaitMs(text: string): number | undefined {
  const [, amount, unit = ''] = /\b(?:in|after) (\d{1,6}) ?(s|m|h)(?:ec|in|our|\b)/i.exec(text) ?? []
  if (amount === undefined) return undefined
  return Math.min(Number(amount) * (UNIT_MS[unit.toLowerCase()] ?? 0), DAY_MS)
}
