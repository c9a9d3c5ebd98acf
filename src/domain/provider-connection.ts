/** Describes what carries mails: which provider, where it is, and its secrets. Connections are named by an id in `deliveries.connection`. */
import type { ProviderKind } from './provider'
import { isPublicHost } from './public-host'

/** No network: addresses at `simulator.test`. */
export const SIMULATOR = 'simulator'
/** The deployment's provider, by its variables and secrets. */
export const DEPLOYMENT = 'deployment'
/** The deployment's second provider, if it has one. */
export const DEPLOYMENT_SECOND = 'deployment-second'

/** Value of `PublicSettings.returnPath`. */
export const PLAIN_RETURN_PATH = 'plain'

export type ConnectionPlace = 'first' | 'second'

/** Returns the connection for an address: the simulator for `simulator.test` (RFC 2606: never in the public DNS), else the account's or the deployment's. */
export const connectionFor = (address: string, ofAccount: string | null = null): string =>
  address.endsWith('@simulator.test') ? SIMULATOR : (ofAccount ?? DEPLOYMENT)

/** Settings of each provider, as adapters take them. */
export type ProviderSettings =
  | SmtpConnection
  | { kind: 'resend' | 'brevo'; apiKey: string }
  | { kind: 'postmark'; apiKey: string; stream: string }
  | { kind: 'sendgrid'; apiKey: string; region: string }
  | { kind: 'mailgun'; apiKey: string; region: string; domain: string }
  | { kind: 'ses'; accessKeyId: string; secretAccessKey: string; region: string; configurationSet: string }
  | { kind: 'cloudflare' }

export interface SmtpConnection {
  kind: 'smtp'
  host: string
  port: number
  /** `tls` (465), `starttls` (587, refused where the server does not offer it) or `none` (local only). */
  security: 'tls' | 'starttls' | 'none'
  user: string
  pass: string
}

/** A connection and what it takes to send over it. */
export interface MailRoute {
  connection: string
  /** Undefined for the simulator. */
  settings: ProviderSettings | undefined
  /** The From address of mails over it, where that is not the platform's. */
  sender: string | null
  /** The mail server takes no envelope sender but its account's, so bounces go to the From address. */
  plainReturnPath?: boolean
}

/** What an account's connection says besides its secrets. */
export interface PublicSettings {
  /** The From address, which the provider has verified. */
  from: string
  /** `returnPath` is `plain` if a test showed that the server takes no envelope sender of ours. */
  [field: string]: string
}

/** A field of a provider's settings, as its form shows it. */
export interface ProviderField {
  name: string
  secret?: boolean
  /** May be left empty. */
  optional?: boolean
}

/** What an account fills in, by provider, in the order of the form. Region is a choice of `PROVIDERS[kind].regions`. */
export const PROVIDER_FIELDS: Record<ProviderKind, readonly ProviderField[]> = {
  smtp: [
    { name: 'host' },
    { name: 'port' },
    { name: 'user', optional: true },
    { name: 'pass', secret: true, optional: true },
  ],
  resend: [{ name: 'apiKey', secret: true }],
  postmark: [
    { name: 'apiKey', secret: true },
    { name: 'stream', optional: true },
  ],
  sendgrid: [{ name: 'region' }, { name: 'apiKey', secret: true }],
  mailgun: [{ name: 'region' }, { name: 'domain' }, { name: 'apiKey', secret: true }],
  ses: [
    { name: 'region' },
    { name: 'accessKeyId' },
    { name: 'secretAccessKey', secret: true },
    { name: 'configurationSet', optional: true },
  ],
  brevo: [{ name: 'apiKey', secret: true }],
  cloudflare: [],
}

/** Those that an account can bring: Cloudflare's binding belongs to the deployment. */
export const ACCOUNT_PROVIDERS = [
  'smtp',
  'resend',
  'postmark',
  'sendgrid',
  'mailgun',
  'ses',
  'brevo',
] as const satisfies readonly ProviderKind[]
export type AccountProvider = (typeof ACCOUNT_PROVIDERS)[number]

/** Ports that a mail server of an account's may be on: the submission ports and the one that many relays offer besides. */
export const SMTP_PORTS: Record<number, SmtpConnection['security']> = { 465: 'tls', 587: 'starttls', 2525: 'starttls' }

const LOOPBACK = ['127.0.0.1', 'localhost']

/** Returns true if an account's mail server is one that a deployment may connect to: a public name, on a port for mails. */
export const isPublicServer = (settings: ProviderSettings): boolean =>
  settings.kind !== 'smtp' || (isPublicHost(settings.host) && settings.port in SMTP_PORTS)

/** Builds an adapter's settings from the stored fields of an account's connection. A port decides how the connection is encrypted. */
export function settingsOf(kind: AccountProvider, fields: Record<string, string>): ProviderSettings {
  const { apiKey = '', region = '', domain = '', host = '', user = '', pass = '', stream = '' } = fields
  switch (kind) {
    case 'smtp': {
      const port = Number(fields.port)
      // A developer's inbox speaks no TLS.
      const security = LOOPBACK.includes(host) ? 'none' : (SMTP_PORTS[port] ?? 'starttls')
      return { kind, host, port, security, user, pass }
    }
    case 'resend':
    case 'brevo':
      return { kind, apiKey }
    case 'postmark':
      return { kind, apiKey, stream }
    case 'sendgrid':
      return { kind, apiKey, region }
    case 'mailgun':
      return { kind, apiKey, region, domain }
    case 'ses': {
      const { accessKeyId = '', secretAccessKey = '', configurationSet = '' } = fields
      return { kind, accessKeyId, secretAccessKey, region, configurationSet }
    }
  }
}
