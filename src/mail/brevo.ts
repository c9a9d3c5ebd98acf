/** Brevo: https://developers.brevo.com/reference/send-transac-email */
import { PROVIDERS } from '../domain/provider'
import { type HttpMailerOptions, httpMailer } from './http-mailer'
import { jsonBody } from './json-body'
import { type MailFile, type MailParts, splitMail } from './mail-parts'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'
import { failed, pause } from './outcomes'
import type { ProviderAnswer } from './provider-answer'

export interface BrevoSettings {
  apiKey: string
}

/** Brevo has no switch for tracking in the call: it is one of the account. */
export function brevoMailer({ apiKey }: BrevoSettings, options: HttpMailerOptions): Mailer {
  return httpMailer(
    {
      kind: 'brevo',
      secrets: [apiKey],
      callFor: async (mail) => {
        const parts = splitMail(mail.mime)
        if (parts.attachments.some(isTooLarge)) {
          return failed('message_too_large', 'Not sent: a file is larger than the provider accepts.')
        }
        return {
          url: `${options.baseUrl}/v3/smtp/email`,
          headers: { accept: 'application/json', 'api-key': apiKey, 'content-type': 'application/json' },
          body: jsonBody(payloadOf(mail, parts, await uuidOf(mail.deliveryId))),
        }
      },
      read,
      rateOf: (answer) => answer.rate('x-sib-ratelimit-remaining', answer.waitSecondsMs('x-sib-ratelimit-reset')),
    },
    options,
  )
}

const isTooLarge = ({ base64 }: MailFile): boolean =>
  (base64.length / 4) * 3 > (PROVIDERS.brevo.maxFileBytes ?? Infinity)

const payloadOf = ({ deliveryId }: OutgoingMail, mail: MailParts, idempotencyKey: string) => ({
  sender: { name: mail.from.name, email: mail.from.address },
  to: [{ email: mail.to }],
  ...(mail.replyTo && { replyTo: { email: mail.replyTo } }),
  subject: mail.subject,
  htmlContent: withPictures(mail),
  textContent: mail.text,
  // Brevo refuses an empty list.
  ...(mail.attachments.length > 0 && {
    attachment: mail.attachments.map(({ filename, base64 }) => ({ content: base64, name: filename })),
  }),
  headers: {
    ...Object.fromEntries(
      mail.headers.filter(({ name }) => !ITS_OWN.test(name)).map(({ name, value }) => [name, value]),
    ),
    'X-Mailin-custom': deliveryId,
    idempotencyKey,
  },
  tags: [deliveryId],
})

/** Brevo writes these itself. */
const ITS_OWN = /^(date|message-id)$/i

/** Writes pictures into the HTML, since Brevo's API has no inline ones. Programs that don't show them so show the company's name instead. */
const withPictures = ({ html, images }: MailParts): string =>
  images.reduce(
    (whole, { cid, contentType, base64 }) => whole.replaceAll(`"cid:${cid}"`, `"data:${contentType};base64,${base64}"`),
    html,
  )

/** Makes a UUID (RFC 9562, version 8) of an id, the same for the same id. */
async function uuidOf(id: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id)))
  const hex = hash.subarray(0, 16).toHex()
  const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) & 3]
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}

function read(answer: ProviderAnswer): SendOutcome | undefined {
  const { status } = answer
  const code = answer.at('code')
  if (answer.isOk) return answer.accepted(answer.at('messageId') || answer.at('messageIds', 0))
  if (status === 429) {
    return answer.retry('rate_limited', answer.waitMs() ?? answer.waitSecondsMs('x-sib-ratelimit-reset'))
  }
  if (code === '') return undefined
  const text = answer.text()
  if (code === 'duplicate_request') {
    // An earlier call under this key was taken. Its id comes with the events.
    return { type: 'accepted', providerMessageId: answer.at('messageId').replace(/^<|>$/g, ''), text }
  }
  if (code === 'not_enough_credits' || status === 402) return pause('quota_exhausted', text)
  if (code === 'account_under_validation') return pause('account_suspended', text)
  if (status === 401 || status === 403) return pause('credentials_refused', text)
  const message = answer.at('message')
  if (status === 400 && /sender.*(not valid|not verified|unverified)/i.test(message)) {
    return pause('sender_not_verified', text)
  }
  if (status === 400 && /email is not valid in to\b/i.test(message)) return failed('address_invalid', text)
  return status < 500 && status !== 408 && status !== 413 ? failed('message_refused', text) : undefined
}
