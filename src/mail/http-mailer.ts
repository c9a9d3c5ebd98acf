/** Builds a mailer from an adapter, which says what to call and what the answers mean. */
import type { Rate, SendOutcome } from '../domain/attempt'
import { type HttpProviderKind, PROVIDERS } from '../domain/provider'
import { callProvider, type HttpAnswer, type HttpCall, type HttpOptions, type HttpResult } from './http-call'
import { MalformedMailError } from './mail-parts'
import type { Mailer, OutgoingMail } from './mailer'
import { failed, pause } from './outcomes'
import { ProviderAnswer } from './provider-answer'

export interface HttpMailerOptions extends HttpOptions {
  /** Without a slash at the end: `providerUrl`, or where a local server stands in. */
  baseUrl: string
  /** Epoch ms. */
  now?: () => number
}

export interface HttpAdapter {
  kind: HttpProviderKind
  /** Never shown, whatever a provider repeats of them. */
  secrets: string[]
  /** Returns the call, or an outcome where the mail is none for this provider. Throws a MalformedMailError if it is not one of ours. */
  callFor(mail: OutgoingMail): HttpCall | SendOutcome | Promise<HttpCall | SendOutcome>
  /** Returns what an answer means; undefined where its status alone says it. */
  read(answer: ProviderAnswer): SendOutcome | undefined
  rateOf?(answer: ProviderAnswer): Rate | undefined
}

export function httpMailer(adapter: HttpAdapter, options: HttpMailerOptions): Mailer {
  return {
    async send(mail) {
      const refusal = refusalOf(mail, adapter.kind)
      if (refusal) return refusal
      try {
        const call = await adapter.callFor(mail)
        return 'type' in call ? call : outcomeOf(await callProvider(call, options), adapter, options)
      } catch (error) {
        if (error instanceof MalformedMailError) return failed('mail_lost', error.message)
        throw error
      }
    },
    close() {},
  }
}

/** Refuses what the provider can't take, before it is asked. */
export function refusalOf({ mime, to }: OutgoingMail, kind: keyof typeof PROVIDERS): SendOutcome | undefined {
  const { maxBytes } = PROVIDERS[kind]
  if (mime.length > maxBytes) return failed('message_too_large', `Not sent: the mail is larger than ${maxBytes} bytes.`)
  // A name and brackets, or a second address, would make of it another recipient.
  if (/[\p{Cc}<>,;]/u.test(to) || !to.includes('@')) {
    return failed('address_invalid', 'Not sent: the address contains characters that are not allowed.')
  }
  return undefined
}

export function outcomeOf(result: HttpResult, adapter: HttpAdapter, options: HttpMailerOptions): SendOutcome {
  if (result.type === 'answered') return outcomeOfAnswer(result, adapter, options)
  const text = new ProviderAnswer(undefined, result.text, adapter.secrets).text()
  return result.type === 'lost' ? { type: 'unknown', text } : pause('server_unreachable', text)
}

function outcomeOfAnswer(
  { status, headers, body }: HttpAnswer,
  adapter: HttpAdapter,
  { now = Date.now }: HttpMailerOptions,
): SendOutcome {
  const answer = new ProviderAnswer({ status, headers, now: now() }, body, adapter.secrets)
  const outcome = adapter.read(answer) ?? outcomeOfStatus(answer, PROVIDERS[adapter.kind].idempotent)
  const rate = adapter.rateOf?.(answer)
  return rate ? { ...outcome, rate } : outcome
}

/** Cloudflare's statuses for a server that it could not connect to, beside a refused name (1016 comes as 530). */
const NEVER_REACHED = [521, 522, 523, 525, 526, 530]
/** Something in between had no answer from the provider, which may have the mail. */
const NO_ANSWER_BEHIND = [504, 520, 524]

/** Returns what a status means at every provider. */
export function outcomeOfStatus(answer: ProviderAnswer, idempotent: boolean): SendOutcome {
  const { status } = answer
  const text = answer.text()
  // Sent to somewhere else, so it was not taken: the address of the API is wrong.
  if (status >= 300 && status < 400) return pause('connection_refused', text)
  // It says yes in a way that it never does.
  if (status < 300) return { type: 'unknown', text }
  if (status === 401 || status === 403) return pause('credentials_refused', text)
  if (status === 402) return pause('quota_exhausted', text, answer.waitMs())
  if (status === 413) return failed('message_too_large', text)
  if (status === 429) return answer.retry('rate_limited')
  if (NEVER_REACHED.includes(status)) return pause('server_unreachable', text)
  if (NO_ANSWER_BEHIND.includes(status) && !idempotent) return { type: 'unknown', text }
  if (status >= 500 || status === 408) return answer.retry('server_busy')
  // Not the provider's own words, so something before it refused.
  return answer.json === undefined ? answer.retry('server_busy') : failed('message_refused', text)
}
