/** Declares the bindings as wrangler.toml names them, and parses the variables and secrets. */
import * as v from 'valibot'
import { readProvider } from './domain/deployment-provider'
import type { DeliverMessage, EventMessage, StripeMessage } from './domain/messages'
import { readPkcs8 } from './domain/pem'
import { PROVIDERS } from './domain/provider'
import type { ProviderSettings } from './domain/provider-connection'
import { parseSecretKeys } from './domain/secret-keys'

export interface Env {
  DB: D1Database
  BUCKET: R2Bucket
  DELIVER_QUEUE: Queue<DeliverMessage>
  EXPRESS_QUEUE: Queue<DeliverMessage>
  EVENT_QUEUE: Queue<EventMessage | StripeMessage>
  ASSETS: Fetcher
  /** Cloudflare Email Service, where the deployment uses it. */
  EMAIL?: SendEmail
  RATE_LIMIT: RateLimit
  MAIL_LIMIT: RateLimit
  LINK_LIMIT: RateLimit
  API_LIMIT: RateLimit
  [variable: string]: unknown
}

type SecretKeys = NonNullable<ReturnType<typeof parseSecretKeys>>

const KINDS = Object.keys(PROVIDERS) as (keyof typeof PROVIDERS)[]

const ProviderUrls = v.record(v.picklist(KINDS), v.pipe(v.string(), v.url()))

const ProviderRates = v.record(v.picklist(KINDS), v.pipe(v.number(), v.gtValue(0)))

/** Too long to be guessed. */
const HookToken = v.union([v.literal(''), v.pipe(v.string(), v.regex(/^[\w-]{16,100}$/))])

const Config = v.object({
  /** `local` allows demo data and plain http; anything else is a deployment. */
  ENVIRONMENT: v.picklist(['local', 'production']),
  /** URL of the app, without a path: https://facteur.example.org; https except on a developer’s machine. */
  APP_URL: v.pipe(v.string(), v.transform(readOrigin), v.string()),
  /** The domain of the From address: notifications@MAIL_DOMAIN */
  MAIL_DOMAIN: v.pipe(v.string(), v.minLength(1)),
  /** Rule for opening accounts: `invite`, `open`, or a list of domains separated by commas. */
  SIGN_UP: v.optional(v.string(), 'invite'),
  /** Secret, at least 32 characters: signs sessions and magic links. */
  AUTH_SECRET: v.pipe(v.string(), v.minLength(32)),
  /** Secret: `<id>:<32 bytes in base64>`, newest first, separated by commas. The first encrypts merchants' secrets; any of them decrypts. */
  SECRET_KEYS: v.pipe(
    v.string(),
    v.transform(parseSecretKeys),
    v.custom<SecretKeys>((keys) => keys !== undefined),
  ),
  /** Secret: the private key (PEM, PKCS #8, RSA) that signs mails from MAIL_DOMAIN over SMTP. Goes with DKIM_SELECTOR. */
  DKIM_KEY: v.optional(
    v.pipe(
      v.string(),
      v.transform(readPkcs8),
      v.custom<Uint8Array<ArrayBuffer>>((key) => key !== undefined),
    ),
  ),
  /** Where its public part is: DKIM_SELECTOR._domainkey.MAIL_DOMAIN */
  DKIM_SELECTOR: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,63}$/i))),
  /** What accounts include in the SPF record of their domain; not listed where it is absent. */
  SPF_INCLUDE: v.optional(v.pipe(v.string(), v.regex(/^(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}$/i))),
  /** Looks DNS records up: a resolver that speaks DNS over HTTPS with JSON. */
  DNS_RESOLVER: v.optional(v.pipe(v.string(), v.url()), 'https://cloudflare-dns.com/dns-query'),
  /** Lets webhooks go to private addresses and by http: on a developer's machine. */
  WEBHOOK_PRIVATE_TARGETS: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text === 'true'),
    ),
    'false',
  ),
  /** Base URL of Stripe's API. */
  STRIPE_API_URL: v.optional(v.pipe(v.string(), v.url()), 'https://api.stripe.com'),
  /** Where providers' APIs are, by provider, as JSON: for a local server that stands in. */
  PROVIDER_URLS: v.optional(v.pipe(v.string(), v.parseJson(), ProviderUrls), '{}'),
  /** Mails a second that providers take, as JSON, where that is not the `perSecond` of `domain/provider.ts`. */
  PROVIDER_RATES: v.optional(v.pipe(v.string(), v.parseJson(), ProviderRates), '{}'),
  /** The domain of the return path of mails over SMTP, whose mails reach this Worker; empty where none do. */
  BOUNCE_DOMAIN: v.optional(v.pipe(v.string(), v.regex(/^([\w-]+(\.[\w-]+)+)?$/)), ''),
  /** Secret: the token in the address that the provider calls with its events; empty where it calls none. */
  MAIL_HOOK_TOKEN: v.optional(HookToken, ''),
  /** Secret: what proves that the provider calls; several, separated by commas, while one replaces another. For SES the ARN of the topic. */
  MAIL_HOOK_SECRET: v.optional(v.string(), ''),
  SECOND_MAIL_HOOK_TOKEN: v.optional(HookToken, ''),
  SECOND_MAIL_HOOK_SECRET: v.optional(v.string(), ''),
  /** Limits the mails of one invocation of the consumer, which hands the rest back to the queue. 400 keeps queries under the paid plan’s 1,000. The free plan’s 10 ms of CPU are too few for a mail. */
  DELIVERIES_PER_INVOCATION: v.optional(v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(1)), '400'),
})

/** Returns the origin with which every link begins: `https://facteur.example.org/` → `https://facteur.example.org`. Undefined for a URL with a path. */
function readOrigin(text: string): string | undefined {
  const url = URL.parse(text)
  return url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` ? url.origin : undefined
}

export interface Config extends v.InferOutput<typeof Config> {
  /** What carries mails, unless an account brings its own. */
  provider: ProviderSettings
  /** Takes over while the first is paused or fails. */
  secondProvider: ProviderSettings | undefined
}

/** Parses the configuration, or returns the names of the variables and secrets that are missing or wrong. */
export function parseConfig(env: Env): { config: Config } | { wrong: string[] } {
  const parsed = v.safeParse(Config, env)
  const provider = readProvider(env) ?? { wrong: ['MAIL_PROVIDER'] }
  const second = readProvider(env, 'SECOND_')
  const wrong = [
    ...(parsed.success ? [] : parsed.issues.map((issue) => String(issue.path?.[0]?.key ?? ''))),
    ...('wrong' in provider ? provider.wrong : withoutBinding(env, provider.settings)),
    ...(second ? ('wrong' in second ? second.wrong : withoutBinding(env, second.settings)) : []),
    ...(parsed.success ? halfOfDkim(parsed.output) : []),
  ]
  if (!parsed.success || 'wrong' in provider || wrong.length > 0) return { wrong: [...new Set(wrong)] }
  const secondProvider = second && 'settings' in second ? second.settings : undefined
  const config = { ...parsed.output, provider: provider.settings, secondProvider }
  const unsafe = plainOf(config)
  return unsafe.length > 0 ? { wrong: unsafe } : { config }
}

/** Names the binding that a provider needs and lacks. */
const withoutBinding = (env: Env, { kind }: ProviderSettings): string[] =>
  kind === 'cloudflare' && env.EMAIL === undefined ? ['EMAIL'] : []

/** A key without its selector, or the other way round, signs nothing. */
const halfOfDkim = ({ DKIM_KEY, DKIM_SELECTOR }: v.InferOutput<typeof Config>): string[] =>
  (DKIM_KEY === undefined) === (DKIM_SELECTOR === undefined) ? [] : [DKIM_KEY ? 'DKIM_SELECTOR' : 'DKIM_KEY']

/** Names variables that would send data unencrypted, which only a developer's machine may do. */
function plainOf({ ENVIRONMENT, APP_URL, DNS_RESOLVER, PROVIDER_URLS, provider, secondProvider }: Config): string[] {
  if (ENVIRONMENT === 'local') return []
  const isPlain = (settings: ProviderSettings | undefined) => settings?.kind === 'smtp' && settings.security === 'none'
  return [
    ...(APP_URL.startsWith('https:') ? [] : ['APP_URL']),
    ...(DNS_RESOLVER.startsWith('https:') ? [] : ['DNS_RESOLVER']),
    ...(isPlain(provider) ? ['SMTP_SECURITY'] : []),
    ...(isPlain(secondProvider) ? ['SECOND_SMTP_SECURITY'] : []),
    ...(Object.values(PROVIDER_URLS).every((url) => url.startsWith('https:')) ? [] : ['PROVIDER_URLS']),
  ]
}
