/** Amazon SES v2: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
import { AwsV4Signer } from 'aws4fetch'
import type { HttpCall } from './http-call'
import { type HttpMailerOptions, httpMailer } from './http-mailer'
import { jsonBody } from './json-body'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'
import { failed, pause } from './outcomes'
import type { ProviderAnswer } from './provider-answer'

export interface SesSettings {
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** Of temporary credentials. */
  sessionToken?: string
  /** Names where events go, and whether opens and clicks are tracked; there is no switch in the call. */
  configurationSet?: string
}

/** Sends the stored bytes as they are; SES writes a Message-ID of its own. */
export function sesMailer(settings: SesSettings, options: HttpMailerOptions): Mailer {
  const { accessKeyId, secretAccessKey, sessionToken } = settings
  return httpMailer(
    {
      kind: 'ses',
      secrets: [accessKeyId, secretAccessKey, ...(sessionToken ? [sessionToken] : [])],
      callFor: (mail) => signed(mail, settings, options),
      read,
    },
    options,
  )
}

async function signed(
  mail: OutgoingMail,
  { region, accessKeyId, secretAccessKey, sessionToken, configurationSet }: SesSettings,
  { baseUrl, now = Date.now }: HttpMailerOptions,
): Promise<HttpCall> {
  const body = jsonBody({
    FromEmailAddress: mail.from,
    Destination: { ToAddresses: [mail.to] },
    Content: { Raw: { Data: mail.mime.toBase64() } },
    EmailTags: [{ Name: 'delivery', Value: mail.deliveryId }],
    ...(configurationSet && { ConfigurationSetName: configurationSet }),
  })
  const { url, headers } = await new AwsV4Signer({
    ...{ service: 'ses', region, accessKeyId, secretAccessKey, method: 'POST', body },
    ...(sessionToken && { sessionToken }),
    url: `${baseUrl}/v2/email/outbound-emails`,
    headers: { 'content-type': 'application/json' },
    datetime: new Date(now()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
  }).sign()
  return { url: url.href, headers: Object.fromEntries(headers), body }
}

const CREDENTIALS = [
  ...['SignatureDoesNotMatch', 'InvalidSignatureException', 'IncompleteSignature', 'IncompleteSignatureException'],
  ...['UnrecognizedClientException', 'InvalidClientTokenId', 'MissingAuthenticationToken', 'OptInRequired'],
  ...['MissingAuthenticationTokenException', 'ExpiredToken', 'ExpiredTokenException', 'RequestExpired'],
  ...['AccessDenied', 'AccessDeniedException', 'NotAuthorized', 'InvalidAccessKeyId'],
]

/** SES keeps no queue: what is throttled has to be sent again. */
const THROTTLED = ['TooManyRequests', 'Throttling', 'ThrottledException']

function read(answer: ProviderAnswer): SendOutcome | undefined {
  if (answer.isOk) return answer.accepted(answer.at('MessageId'))
  const type = errorType(answer)
  if (type === '') return undefined
  const message = answer.at('message') || answer.at('Message')
  const words = `${type}: ${message}`
  const text = answer.text(words)
  if (CREDENTIALS.includes(type)) return pause('credentials_refused', text)
  const is = (name: string) => type === name || type === `${name}Exception`
  if (THROTTLED.some(is)) {
    return /daily/i.test(message) ? pause('quota_exhausted', text) : answer.retry('rate_limited', undefined, words)
  }
  if (is('LimitExceeded')) return pause('quota_exhausted', text)
  if (is('AccountSuspended') || is('SendingPaused')) return pause('account_suspended', text)
  // Either our own address, or any as long as the account is in the sandbox.
  if (is('MailFromDomainNotVerified') || (is('MessageRejected') && /not verified/i.test(message))) {
    return pause('sender_not_verified', text)
  }
  if (is('NotFound') && /configuration set/i.test(message)) return pause('settings_refused', text)
  if (is('BadRequest') && /illegal address|missing final '@domain'|local address/i.test(message)) {
    return failed('address_invalid', text)
  }
  if (answer.status === 413 || /message (length|is too)|maximum message size/i.test(message)) {
    return failed('message_too_large', text)
  }
  if (['MessageRejected', 'BadRequest', 'NotFound'].some(is)) return failed('message_refused', text)
  return undefined
}

/** `MessageRejected:http://internal…` in a header, or `com.amazonaws…#MessageRejected` in the body. */
function errorType(answer: ProviderAnswer): string {
  const named = answer.headers.get('x-amzn-errortype') ?? answer.at('__type')
  return named.split(':', 1)[0]?.split('#').at(-1)?.trim() ?? ''
}
