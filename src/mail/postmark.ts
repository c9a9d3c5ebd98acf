/** Postmark: https://postmarkapp.com/developer/api/email-api and …/overview#error-codes */
import { batchesOf } from '../domain/mail-batch'
import { PROVIDERS } from '../domain/provider'
import { callProvider } from './http-call'
import { type HttpAdapter, type HttpMailerOptions, httpMailer, outcomeOf, refusalOf } from './http-mailer'
import { displayAddress, jsonBody } from './json-body'
import { MalformedMailError, splitMail } from './mail-parts'
import type { Mailer, OutgoingMail, SendOutcome } from './mailer'
import { failed, pause, suppressedByProvider } from './outcomes'
import { ProviderAnswer } from './provider-answer'

export interface PostmarkSettings {
  serverToken: string
  /** Postmark's `outbound` if absent. */
  messageStream?: string
}

export function postmarkMailer(settings: PostmarkSettings, options: HttpMailerOptions): Mailer {
  const secrets = [settings.serverToken]
  const callFor = (path: string, payload: object) => ({
    url: `${options.baseUrl}${path}`,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-postmark-server-token': settings.serverToken,
    },
    body: jsonBody(payload),
  })
  const adapter: HttpAdapter = {
    kind: 'postmark',
    secrets,
    callFor: (mail) => callFor('/email', payloadOf(mail, settings)),
    read: (answer) => read(answer),
  }

  /** Sends what fits into one call. The answer lists an outcome for each, or refuses the call as a whole. */
  async function sendTogether(batch: Prepared[]): Promise<SendOutcome[]> {
    const payloads = batch.map(({ payload }) => payload)
    const result = await callProvider(callFor('/email/batch', payloads), options)
    if (result.type === 'answered' && result.status === 200) {
      const answer = new ProviderAnswer({ ...result, now: 0 }, result.body, secrets)
      return batch.map((_, index) => readItem(answer, index))
    }
    return batch.map(() => outcomeOf(result, adapter, options))
  }

  return {
    ...httpMailer(adapter, options),
    async sendBatch(mails) {
      const outcomes: SendOutcome[] = []
      const prepared = mails.flatMap((mail, index) => {
        const made = prepare(mail, settings)
        if ('type' in made) outcomes[index] = made
        return 'type' in made ? [] : [{ ...made, index }]
      })
      for (const batch of batchesOf(prepared, PROVIDERS.postmark.batch, ({ bytes }) => bytes)) {
        const results = await sendTogether(batch)
        for (const [at, { index }] of batch.entries()) outcomes[index] = results[at] ?? NO_RESULT
      }
      return outcomes
    },
  }
}

const NO_RESULT: SendOutcome = { type: 'unknown', text: 'The provider did not say what became of this mail.' }

interface Prepared {
  index: number
  payload: object
  bytes: number
}

function prepare(mail: OutgoingMail, settings: PostmarkSettings): Omit<Prepared, 'index'> | SendOutcome {
  const refusal = refusalOf(mail, 'postmark')
  if (refusal) return refusal
  try {
    return { payload: payloadOf(mail, settings), bytes: mail.mime.length }
  } catch (error) {
    if (error instanceof MalformedMailError) return failed('mail_lost', error.message)
    throw error
  }
}

function payloadOf({ deliveryId, mime }: OutgoingMail, { messageStream = 'outbound' }: PostmarkSettings) {
  const mail = splitMail(mime)
  return {
    From: displayAddress(mail.from),
    To: mail.to,
    ...(mail.replyTo && { ReplyTo: mail.replyTo }),
    Subject: mail.subject,
    HtmlBody: mail.html,
    TextBody: mail.text,
    Headers: [
      ...mail.headers
        .filter(({ name }) => !/^date$/i.test(name))
        .map(({ name, value }) => ({ Name: name, Value: value })),
      // Keeps our Message-ID.
      { Name: 'X-PM-KeepID', Value: 'true' },
    ],
    Attachments: [
      ...mail.attachments.map(({ filename, contentType, base64 }) => ({
        ...{ Name: filename, Content: base64, ContentType: contentType },
      })),
      ...mail.images.map(({ filename, contentType, base64, cid }) => ({
        ...{ Name: filename, Content: base64, ContentType: contentType, ContentID: `cid:${cid}` },
      })),
    ],
    Metadata: { delivery: deliveryId },
    MessageStream: messageStream,
    TrackOpens: false,
    TrackLinks: 'None',
  }
}

function read(answer: ProviderAnswer, item: number[] = []): SendOutcome | undefined {
  const code = answer.at(...item, 'ErrorCode')
  const message = answer.at(...item, 'Message')
  if (answer.isOk && code === '0') {
    // All recipients of our mails are one.
    if (/will not deliver to these inactive addresses/i.test(message)) return suppressedByProvider(answer.text(message))
    return answer.accepted(answer.at(...item, 'MessageID'), message)
  }
  if (code === '' || code === '0') return answer.isOk ? { type: 'unknown', text: answer.text(message) } : undefined
  return refused(code, message, answer)
}

/** Returns the outcome of one mail of a batch, which is answered with 200 even if all were refused. */
const readItem = (answer: ProviderAnswer, index: number): SendOutcome => read(answer, [index]) ?? NO_RESULT

const PAUSES: Record<string, string> = {
  '10': 'credentials_refused',
  // The sender's signature is unknown, or not confirmed.
  '400': 'sender_not_verified',
  '401': 'sender_not_verified',
  '405': 'quota_exhausted',
  '412': 'account_suspended',
  '413': 'account_suspended',
  // Streams: unknown, or archived.
  '1226': 'settings_refused',
  '1235': 'settings_refused',
}

function refused(code: string, message: string, answer: ProviderAnswer): SendOutcome {
  const words = `${code} ${message}`
  const text = answer.text(words)
  if (PAUSES[code]) return pause(PAUSES[code], text)
  if (code === '406') return suppressedByProvider(text)
  // Maintenance.
  if (code === '100' || answer.status >= 500) return answer.retry('server_busy', undefined, words)
  if (answer.status === 429) return answer.retry('rate_limited', undefined, words)
  if (answer.status === 401 || answer.status === 403) return pause('credentials_refused', text)
  if (answer.status === 413) return failed('message_too_large', text)
  if (code === '300' && /'To' address/i.test(message)) return failed('address_invalid', text)
  if (code === '300' && /'From' address/i.test(message)) return failed('sender_refused', text)
  return failed('message_refused', text)
}
