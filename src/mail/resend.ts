/** Resend: https://resend.com/docs/api-reference/emails/send-email and …/errors */
import { type HttpMailerOptions, httpMailer } from './http-mailer'
import { displayAddress, jsonBody } from './json-body'
import { type MailParts, splitMail } from './mail-parts'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'
import { failed, pause } from './outcomes'
import type { ProviderAnswer } from './provider-answer'

export interface ResendSettings {
  apiKey: string
}

/**
 * Sends under the delivery's id as key: for 24 hours Resend answers the same call as the first time. Opens and clicks are tracked by domain
 * there, and not by call.
 */
export function resendMailer({ apiKey }: ResendSettings, options: HttpMailerOptions): Mailer {
  return httpMailer(
    {
      kind: 'resend',
      secrets: [apiKey],
      callFor: (mail) => ({
        url: `${options.baseUrl}/emails`,
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': mail.deliveryId,
        },
        body: jsonBody(payloadOf(mail, splitMail(mail.mime))),
      }),
      read,
      rateOf: (answer) => answer.rate('ratelimit-remaining', answer.waitSecondsMs('ratelimit-reset')),
    },
    options,
  )
}

const payloadOf = ({ deliveryId }: OutgoingMail, mail: MailParts) => ({
  from: displayAddress(mail.from),
  to: [mail.to],
  ...(mail.replyTo && { reply_to: [mail.replyTo] }),
  subject: mail.subject,
  html: mail.html,
  text: mail.text,
  headers: Object.fromEntries(
    mail.headers.filter(({ name }) => !ITS_OWN.test(name)).map(({ name, value }) => [name, value]),
  ),
  attachments: [
    ...mail.attachments.map(({ filename, contentType, base64 }) => ({
      filename,
      content: base64,
      content_type: contentType,
    })),
    ...mail.images.map(({ filename, contentType, base64, cid }) => ({
      filename,
      content: base64,
      content_type: contentType,
      content_id: cid,
    })),
  ],
  tags: [{ name: 'delivery', value: deliveryId }],
})

/** Resend writes these itself. */
const ITS_OWN = /^(date|message-id)$/i

const KEY_ERRORS = ['missing_api_key', 'restricted_api_key', 'invalid_api_key', 'invalid_permission']
const QUOTAS = ['daily_quota_exceeded', 'monthly_quota_exceeded']
const PASSING = ['concurrent_idempotent_requests', 'resource_locked']

/** Long enough for a call that is under way to end. */
const CONCURRENT_MS = 5_000

function read(answer: ProviderAnswer): SendOutcome | undefined {
  if (answer.isOk) return answer.accepted(answer.at('id'))
  const name = answer.at('name')
  const text = answer.text()
  if (KEY_ERRORS.includes(name)) return pause('credentials_refused', text)
  if (name === 'suspended_api_key' || name === 'security_error') return pause('account_suspended', text)
  if (QUOTAS.includes(name)) return pause('quota_exhausted', text, answer.waitMs())
  if (PASSING.includes(name)) return answer.retry('server_busy', answer.waitMs() ?? CONCURRENT_MS)
  // An earlier call under this key was taken, of which other bytes are left: it may have sent the mail.
  if (name === 'invalid_idempotent_request') return { type: 'unknown', text }
  if (answer.status === 429) {
    return answer.retry('rate_limited', answer.waitMs() ?? answer.waitSecondsMs('ratelimit-reset'))
  }
  if (name === 'invalid_from_address') return failed('sender_refused', text)
  if (name === 'validation_error') return validation(answer, text)
  return answer.status === 409 ? answer.retry('server_busy') : undefined
}

function validation(answer: ProviderAnswer, text: string): SendOutcome | undefined {
  // "The … domain is not verified", "You can only send testing emails to your own email address".
  if (/not verified|testing emails/i.test(text)) return pause('sender_not_verified', text)
  if (/invalid `?to`?\b/i.test(text)) return failed('address_invalid', text)
  return answer.status < 500 ? failed('message_refused', text) : undefined
}
