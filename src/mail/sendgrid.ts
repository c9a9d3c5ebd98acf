/** SendGrid: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send */
import { type HttpMailerOptions, httpMailer } from './http-mailer'
import { jsonBody } from './json-body'
import { type MailParts, splitMail } from './mail-parts'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'
import { failed, pause } from './outcomes'
import type { ProviderAnswer } from './provider-answer'

export interface SendgridSettings {
  apiKey: string
}

/** Sends to where `baseUrl` points: accounts of the EU have an address of their own (`providerUrl`). */
export function sendgridMailer({ apiKey }: SendgridSettings, options: HttpMailerOptions): Mailer {
  return httpMailer(
    {
      kind: 'sendgrid',
      secrets: [apiKey],
      callFor: (mail) => ({
        url: `${options.baseUrl}/v3/mail/send`,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: jsonBody(payloadOf(mail, splitMail(mail.mime))),
      }),
      read,
      rateOf: (answer) => answer.rate('x-ratelimit-remaining', answer.waitUntilMs('x-ratelimit-reset')),
    },
    options,
  )
}

const payloadOf = ({ deliveryId }: OutgoingMail, mail: MailParts) => ({
  personalizations: [{ to: [{ email: mail.to }], custom_args: { delivery: deliveryId } }],
  from: { email: mail.from.address, name: mail.from.name },
  ...(mail.replyTo && { reply_to: { email: mail.replyTo } }),
  subject: mail.subject,
  // The plain text must come first.
  content: [
    { type: 'text/plain', value: mail.text },
    { type: 'text/html', value: mail.html },
  ],
  // SendGrid refuses an empty list.
  ...(mail.attachments.length + mail.images.length > 0 && { attachments: filesOf(mail) }),
  headers: Object.fromEntries(
    mail.headers.filter(({ name }) => !/^date$/i.test(name)).map(({ name, value }) => [name, value]),
  ),
  tracking_settings: {
    click_tracking: { enable: false, enable_text: false },
    open_tracking: { enable: false },
    subscription_tracking: { enable: false },
  },
})

const filesOf = ({ attachments, images }: MailParts) => [
  ...attachments.map(({ filename, contentType, base64 }) => ({
    ...{ content: base64, type: contentType, filename, disposition: 'attachment' },
  })),
  ...images.map(({ filename, contentType, base64, cid }) => ({
    ...{ content: base64, type: contentType, filename, disposition: 'inline', content_id: cid },
  })),
]

function read(answer: ProviderAnswer): SendOutcome | undefined {
  // 202 without a body; the id is a header, and the beginning of `sg_message_id` in events.
  if (answer.status === 202) return answer.accepted(answer.headers.get('x-message-id') ?? '')
  const message = answer.at('errors', 0, 'message')
  const field = answer.at('errors', 0, 'field')
  if (message === '') return retryLater(answer, '')
  const words = field ? `${field}: ${message}` : message
  const text = answer.text(words)
  const { status } = answer
  // Whoever has used up a plan hears it as 401.
  if (status === 401 && /credits/i.test(message)) return pause('quota_exhausted', text)
  if (status === 401) return pause('credentials_refused', text)
  if (status === 403) {
    return pause(/sender identity|not verified/i.test(message) ? 'sender_not_verified' : 'credentials_refused', text)
  }
  if (status === 413) return failed('message_too_large', text)
  if (status === 400 && /^personalizations\.\d+\.to\b/.test(field)) return failed('address_invalid', text)
  if (status === 400 && /^from\b/.test(field)) return failed('sender_refused', text)
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return failed('message_refused', text)
  return retryLater(answer, words)
}

const retryLater = (answer: ProviderAnswer, words: string): SendOutcome | undefined =>
  answer.status === 429
    ? answer.retry('rate_limited', answer.waitMs() ?? answer.waitUntilMs('x-ratelimit-reset'), words)
    : undefined
