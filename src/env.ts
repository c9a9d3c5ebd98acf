/** Declares the bindings as wrangler.toml names them, and parses the variables and secrets. */
import * as v from 'valibot'
import type { DeliverMessage, EventMessage, StripeMessage } from './domain/messages'
import { parseSecretKeys } from './domain/secret-keys'

export interface Env {
  DB: D1Database
  BUCKET: R2Bucket
  DELIVER_QUEUE: Queue<DeliverMessage>
  EXPRESS_QUEUE: Queue<DeliverMessage>
  EVENT_QUEUE: Queue<EventMessage | StripeMessage>
  ASSETS: Fetcher
  RATE_LIMIT: RateLimit
  MAIL_LIMIT: RateLimit
  LINK_LIMIT: RateLimit
  [variable: string]: unknown
}

type SecretKeys = NonNullable<ReturnType<typeof parseSecretKeys>>

const Config = v.object({
  /** `local` allows demo data and plain http; anything else is a deployment. */
  ENVIRONMENT: v.picklist(['local', 'production']),
  /** URL of the app, without a path: https://facteur.example.org; https except on a developer’s machine. */
  APP_URL: v.pipe(v.string(), v.transform(readOrigin), v.string()),
  /** The domain of the From address: notifications@MAIL_DOMAIN */
  MAIL_DOMAIN: v.pipe(v.string(), v.minLength(1)),
  /** Rule for opening accounts: `invite`, `open`, or a list of domains separated by commas. */
  SIGN_UP: v.optional(v.string(), 'invite'),
  MAIL_PROVIDER: v.picklist(['smtp']),
  SMTP_HOST: v.pipe(v.string(), v.minLength(1)),
  SMTP_PORT: v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(1)),
  /** `tls` (465), `starttls` (587, refused where the server does not offer it) or `none` (local only). */
  SMTP_SECURITY: v.picklist(['tls', 'starttls', 'none']),
  SMTP_USER: v.optional(v.string(), ''),
  /** Secret. */
  SMTP_PASS: v.optional(v.string(), ''),
  /** Secret, at least 32 characters: signs sessions and magic links. */
  AUTH_SECRET: v.pipe(v.string(), v.minLength(32)),
  /** Secret: `<id>:<32 bytes in base64>`, newest first, separated by commas. The first encrypts merchants' secrets; any of them decrypts. */
  SECRET_KEYS: v.pipe(
    v.string(),
    v.transform(parseSecretKeys),
    v.custom<SecretKeys>((keys) => keys !== undefined),
  ),
  /** Base URL of Stripe's API. */
  STRIPE_API_URL: v.optional(v.pipe(v.string(), v.url()), 'https://api.stripe.com'),
  /** Limits the mails of one invocation of the consumer, which hands the rest back to the queue. 400 keeps queries under the paid plan's 1,000; 15 under the free plan's 50. */
  DELIVERIES_PER_INVOCATION: v.optional(v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(1)), '400'),
})

/** Returns the origin with which every link begins: `https://facteur.example.org/` → `https://facteur.example.org`. Undefined for a URL with a path. */
function readOrigin(text: string): string | undefined {
  const url = URL.parse(text)
  return url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` ? url.origin : undefined
}

export type Config = v.InferOutput<typeof Config>

/** Parses the configuration, or returns the names of the variables and secrets that are missing or wrong. */
export function parseConfig(env: Env): { config: Config } | { wrong: string[] } {
  const parsed = v.safeParse(Config, env)
  if (parsed.success) {
    const unsafe = plainOf(parsed.output)
    return unsafe.length > 0 ? { wrong: unsafe } : { config: parsed.output }
  }
  return { wrong: [...new Set(parsed.issues.map((issue) => String(issue.path?.[0]?.key ?? '')))] }
}

/** Returns the variables that would send data unencrypted, which only a developer's machine may do. */
function plainOf({ ENVIRONMENT, APP_URL, SMTP_SECURITY }: Config): string[] {
  if (ENVIRONMENT === 'local') return []
  return [...(APP_URL.startsWith('https:') ? [] : ['APP_URL']), ...(SMTP_SECURITY === 'none' ? ['SMTP_SECURITY'] : [])]
}
