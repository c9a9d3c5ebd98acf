/** Mailgun: https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages (messages.mime) */
import { type HttpCall, padded } from './http-call'
import { type HttpMailerOptions, httpMailer } from './http-mailer'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'
import { failed, pause } from './outcomes'
import type { ProviderAnswer } from './provider-answer'

export interface MailgunSettings {
  apiKey: string
  /** As registered at Mailgun. */
  domain: string
}

/** Sends the stored bytes as they are. `baseUrl` must be in the domain's region; the other region does not know the domain. */
export function mailgunMailer({ apiKey, domain }: MailgunSettings, options: HttpMailerOptions): Mailer {
  const basic = new TextEncoder().encode(`api:${apiKey}`).toBase64()
  return httpMailer(
    {
      kind: 'mailgun',
      secrets: [apiKey, basic],
      callFor: (mail) => ({
        url: `${options.baseUrl}/v3/${encodeURIComponent(domain)}/messages.mime`,
        ...formOf(mail, basic),
      }),
      read,
    },
    options,
  )
}

/** Builds the multipart form by hand, so that its length is known beforehand. Nothing that `composeMime` wrote contains this boundary. */
function formOf({ deliveryId, to, mime }: OutgoingMail, basic: string): Omit<HttpCall, 'url'> {
  const boundary = `=_form_${deliveryId}`
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = [
    field('to', to),
    field('v:delivery', deliveryId),
    field('o:tracking', 'no'),
    field('o:tracking-clicks', 'no'),
    field('o:tracking-opens', 'no'),
    `--${boundary}\r\nContent-Disposition: form-data; name="message"; filename="mail.eml"\r\n`,
    'Content-Type: message/rfc822\r\n\r\n',
  ].join('')
  return {
    headers: { authorization: `Basic ${basic}`, 'content-type': `multipart/form-data; boundary="${boundary}"` },
    body: joined([head, mime, padded(`\r\n--${boundary}--\r\n`)]),
  }
}

function joined(pieces: (string | Uint8Array)[]): Uint8Array {
  const chunks = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece))
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

function read(answer: ProviderAnswer): SendOutcome | undefined {
  if (answer.isOk) return answer.accepted(answer.at('id'), answer.at('message'))
  const { status } = answer
  const message = answer.at('message')
  const text = answer.text()
  if (status === 403) {
    if (/not verified|unverified/i.test(message)) return pause('sender_not_verified', text)
    return pause(/key|forbidden|credential/i.test(message) ? 'credentials_refused' : 'account_suspended', text)
  }
  // Unknown, or known in the other region.
  if (status === 404 && /domain not found/i.test(message)) return pause('settings_refused', text)
  if (status === 400 && /'?\bto'? parameter/i.test(message)) return failed('address_invalid', text)
  return undefined
}
