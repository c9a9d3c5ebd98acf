import type { Rate } from '../domain/attempt'
import { textAt } from '../domain/untrusted-json'
import type { SendOutcome } from './mailer'
import { cleanText } from './server-text'

interface Status {
  status: number
  headers: Headers
  /** Epoch ms. */
  now: number
}

/** What a provider said, read without trust: it may be JSON, a page of something in between, or nothing. */
export class ProviderAnswer {
  readonly status: number
  /** Undefined if the body is no JSON. */
  readonly json: unknown
  readonly headers: Headers
  readonly #body: string
  readonly #secrets: string[]
  readonly #now: number

  constructor(status: Status | undefined, body: string, secrets: string[]) {
    this.status = status?.status ?? 0
    this.headers = status?.headers ?? new Headers()
    this.#now = status?.now ?? 0
    this.#body = withoutSecrets(body, secrets)
    this.#secrets = secrets
    this.json = parse(body)
  }

  get isOk(): boolean {
    return this.status >= 200 && this.status < 300
  }

  /** Returns a text within the JSON; empty if there is none. Numbers count as text. */
  at(...path: (string | number)[]): string {
    return textAt(this.json, ...path)
  }

  /** Returns the provider's words to be shown, after the status of a refusal, without our keys. */
  text(words = ''): string {
    const said = words || this.#message() || withoutTags(this.#body)
    const shown = said === '' || this.status >= 300 ? `${this.status} ${said}` : said
    return cleanText(withoutSecrets(shown, this.#secrets).slice(0, MAX_READ))
  }

  /** Accepts the mail under an id of the provider. An answer without one is no answer that the provider gives. */
  accepted(id: string, words = ''): SendOutcome {
    const providerMessageId = cleanText(id).replace(/^<|>$/g, '')
    if (!this.isOk || providerMessageId === '') return { type: 'unknown', text: this.text(words) }
    return { type: 'accepted', providerMessageId, text: this.text(words || `accepted as ${providerMessageId}`) }
  }

  /** Refuses for now. */
  retry(reason: string, afterMs = this.waitMs(), words = ''): SendOutcome {
    return { type: 'retry', reason, text: this.text(words), ...(afterMs !== undefined && { afterMs }) }
  }

  /** Returns how long the provider asks us to wait (`Retry-After`, RFC 9110 10.2.3: seconds or a date). */
  waitMs(): number | undefined {
    const asked = this.headers.get('retry-after')?.trim() ?? ''
    if (asked === '') return undefined
    const ms = /^\d+(\.\d+)?$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - this.#now
    return limited(ms)
  }

  /** Returns the time until the moment that a header names in epoch seconds. */
  waitUntilMs(header: string): number | undefined {
    return limited(this.#secondsOf(header) * 1000 - this.#now)
  }

  /** Returns the time that a header names in seconds. */
  waitSecondsMs(header: string): number | undefined {
    return limited(this.#secondsOf(header) * 1000)
  }

  /** Returns what the headers say of the limit, if they say all of it. */
  rate(remainingHeader: string, resetMs: number | undefined): Rate | undefined {
    const remaining = this.headers.get(remainingHeader) ?? ''
    return /^\d{1,9}$/.test(remaining) && resetMs !== undefined ? { remaining: Number(remaining), resetMs } : undefined
  }

  /** Most providers name an error beside their words. */
  #message(): string {
    const message = this.at('message')
    const name = this.at('name') || this.at('code')
    return name && message ? `${name}: ${message}` : message || name
  }

  #secondsOf(header: string): number {
    const value = this.headers.get(header) ?? ''
    return /^\d{1,12}(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  }
}

/** Characters that are looked through for what is shown. */
const MAX_READ = 4096
const DAY_MS = 86_400_000

const limited = (ms: number): number | undefined =>
  Number.isFinite(ms) ? Math.min(Math.max(0, Math.round(ms)), DAY_MS) : undefined

function parse(body: string): unknown {
  try {
    const json: unknown = JSON.parse(body)
    return typeof json === 'object' && json !== null ? json : undefined
  } catch {
    return undefined
  }
}

const withoutTags = (page: string): string => page.slice(0, MAX_READ).replace(/<[^<>]*>/g, ' ')

/** Shorter ones are parts of ordinary words. */
const MIN_SECRET = 6

/** Providers repeat keys in their errors: "API key re_… is invalid". */
function withoutSecrets(text: string, secrets: string[]): string {
  let clean = text
  for (const secret of secrets) if (secret.length >= MIN_SECRET) clean = clean.replaceAll(secret, '…')
  return clean
}
