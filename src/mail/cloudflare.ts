/** Cloudflare Email Service: https://developers.cloudflare.com/email-service/api/send-emails/workers-api/ */
import { PROVIDER_TIMEOUT_MS } from '../domain/timing'
import { refusalOf } from './http-mailer'
import { MalformedMailError, splitMail } from './mail-parts'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'
import { failed, pause, suppressedByProvider } from './outcomes'
import { cleanText } from './server-text'

/** The part of the binding `send_email` that is called. */
export interface EmailBinding {
  send(message: EmailMessageBuilder): Promise<EmailSendResult>
}

export interface CloudflareOptions {
  timeoutMs?: number
}

/** Sends through the deployment's own binding, which needs no key. */
export function cloudflareMailer(
  email: EmailBinding,
  { timeoutMs = PROVIDER_TIMEOUT_MS }: CloudflareOptions = {},
): Mailer {
  return {
    async send(mail) {
      const refusal = refusalOf(mail, 'cloudflare')
      if (refusal) return refusal
      try {
        const message = messageOf(mail)
        const sent = await Promise.race([email.send(message), after(timeoutMs)])
        const id: unknown = sent?.messageId
        if (typeof id !== 'string' || id === '') return { type: 'unknown', text: 'No answer came in time.' }
        const providerMessageId = cleanText(id).replace(/^<|>$/g, '')
        return { type: 'accepted', providerMessageId, text: `accepted as ${providerMessageId}` }
      } catch (error) {
        if (error instanceof MalformedMailError) return failed('mail_lost', error.message)
        return outcomeOfError(error)
      }
    },
    close() {},
  }
}

const after = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, ms, undefined))

function messageOf(mail: OutgoingMail): EmailMessageBuilder {
  const { from, to, replyTo, subject, html, text, headers, attachments, images } = splitMail(mail.mime)
  return {
    from: { email: from.address, name: from.name },
    to,
    ...(replyTo && { replyTo }),
    subject,
    html,
    text,
    headers: Object.fromEntries(
      headers.filter(({ name }) => ALLOWED.test(name)).map(({ name, value }) => [name, value]),
    ),
    // As bytes: strings were encoded a second time.
    attachments: [
      ...attachments.map(({ filename, contentType, base64 }) => ({
        ...{ disposition: 'attachment' as const, filename, type: contentType, content: Uint8Array.fromBase64(base64) },
      })),
      ...images.map(({ filename, contentType, base64, cid }) => ({
        ...{ disposition: 'inline' as const, contentId: cid, filename, type: contentType },
        content: Uint8Array.fromBase64(base64),
      })),
    ],
  }
}

/** Matches the headers that Cloudflare accepts: any other is refused, and the mail with it. So `Content-Language` is left out here. */
const ALLOWED = /^(in-reply-to|references|list-.*|auto-submitted|precedence|importance|x-.*)$/i

type Meaning = (text: string) => SendOutcome

const refusedFor =
  (reason: string): Meaning =>
  (text) =>
    failed(reason, text)
const pausedFor =
  (reason: string): Meaning =>
  (text) =>
    pause(reason, text)
const retriedFor =
  (reason: string): Meaning =>
  (text) => ({ type: 'retry', reason, text })

const MEANINGS: Record<string, Meaning> = {
  E_RATE_LIMIT_EXCEEDED: retriedFor('rate_limited'),
  E_INTERNAL_SERVER_ERROR: retriedFor('server_busy'),
  E_DAILY_LIMIT_EXCEEDED: pausedFor('quota_exhausted'),
  E_SENDER_NOT_VERIFIED: pausedFor('sender_not_verified'),
  E_SENDER_DOMAIN_NOT_AVAILABLE: pausedFor('sender_not_verified'),
  E_RECIPIENT_SUPPRESSED: suppressedByProvider,
  E_RECIPIENT_NOT_ALLOWED: refusedFor('recipient_refused'),
  E_CONTENT_TOO_LARGE: refusedFor('message_too_large'),
  E_VALIDATION_ERROR: refusedFor('message_refused'),
  E_FIELD_MISSING: refusedFor('message_refused'),
  E_TOO_MANY_RECIPIENTS: refusedFor('message_refused'),
}

/** Maps an error to an outcome; E_DELIVERY_FAILED and errors without a code give `unknown`. */
function outcomeOfError(error: unknown): SendOutcome {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const message = error instanceof Error ? error.message : String(error)
  const text = cleanText(code && !message.includes(code) ? `${code}: ${message}` : message)
  const meaning = MEANINGS[code] ?? (code.startsWith('E_HEADER') ? refusedFor('message_refused') : undefined)
  return meaning?.(text) ?? outcomeWithoutCode(text)
}

/** Reads refusals of `wrangler dev`, which have text but no code. */
function outcomeWithoutCode(text: string): SendOutcome {
  if (/^email to .* not allowed/i.test(text)) return failed('recipient_refused', text)
  if (/^email from .* not allowed/i.test(text)) return pause('sender_not_verified', text)
  return { type: 'unknown', text }
}
