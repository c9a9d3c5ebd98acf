/** Reads the deployment's mail providers from variables and secrets: `MAIL_PROVIDER` and what goes with it, the second one after `SECOND_`. */
import { PROVIDERS, type ProviderKind } from './provider'
import type { ProviderSettings, SmtpConnection } from './provider-connection'

export type Variables = Record<string, unknown>

/** Returns a provider's settings, or the names of the variables that are missing or wrong. Undefined where none is named. */
export function readProvider(
  variables: Variables,
  prefix: '' | 'SECOND_' = '',
): { settings: ProviderSettings } | { wrong: string[] } | undefined {
  const name = text(variables, `${prefix}MAIL_PROVIDER`)
  if (name === '') return undefined
  if (!isProvider(name)) return { wrong: [`${prefix}MAIL_PROVIDER`] }
  const reader = new Reader(variables, prefix)
  const settings = READERS[name](reader)
  return reader.wrong.length > 0 ? { wrong: reader.wrong } : { settings }
}

const isProvider = (name: string): name is ProviderKind => Object.hasOwn(PROVIDERS, name)

const READERS: Record<ProviderKind, (read: Reader) => ProviderSettings> = {
  smtp: (read) => ({
    kind: 'smtp',
    host: read.required('SMTP_HOST'),
    port: read.port('SMTP_PORT'),
    security: read.security('SMTP_SECURITY'),
    user: read.optional('SMTP_USER'),
    pass: read.optional('SMTP_PASS'),
  }),
  resend: (read) => ({ kind: 'resend', apiKey: read.required('MAIL_API_KEY') }),
  brevo: (read) => ({ kind: 'brevo', apiKey: read.required('MAIL_API_KEY') }),
  postmark: (read) => ({
    kind: 'postmark',
    apiKey: read.required('MAIL_API_KEY'),
    stream: read.optional('POSTMARK_STREAM'),
  }),
  sendgrid: (read) => ({ kind: 'sendgrid', apiKey: read.required('MAIL_API_KEY'), region: read.region('sendgrid') }),
  mailgun: (read) => ({
    kind: 'mailgun',
    apiKey: read.required('MAIL_API_KEY'),
    region: read.region('mailgun'),
    domain: read.optional('MAILGUN_DOMAIN') || read.required('MAIL_DOMAIN', ''),
  }),
  ses: (read) => ({
    kind: 'ses',
    accessKeyId: read.required('SES_ACCESS_KEY_ID'),
    secretAccessKey: read.required('SES_SECRET_ACCESS_KEY'),
    region: read.region('ses'),
    configurationSet: read.optional('SES_CONFIGURATION_SET'),
  }),
  // Its binding `EMAIL` is checked where mailers are made.
  cloudflare: () => ({ kind: 'cloudflare' }),
}

class Reader {
  readonly wrong: string[] = []
  readonly #variables: Variables
  readonly #prefix: string

  constructor(variables: Variables, prefix: string) {
    this.#variables = variables
    this.#prefix = prefix
  }

  optional(name: string): string {
    return text(this.#variables, this.#prefix + name)
  }

  required(name: string, prefix = this.#prefix): string {
    const value = text(this.#variables, prefix + name)
    if (value === '') this.wrong.push(prefix + name)
    return value
  }

  port(name: string): number {
    const port = Number(this.required(name))
    if (!Number.isInteger(port) || port < 1 || port > 65_535) this.#refuse(name)
    return port
  }

  security(name: string): SmtpConnection['security'] {
    const value = this.optional(name)
    if (value !== 'tls' && value !== 'starttls' && value !== 'none') this.#refuse(name)
    return value as SmtpConnection['security']
  }

  /** The provider's first region where none is named. */
  region(kind: ProviderKind): string {
    const { regions } = PROVIDERS[kind]
    const region = this.optional('MAIL_REGION') || (regions[0] ?? '')
    if (!regions.includes(region)) this.#refuse('MAIL_REGION')
    return region
  }

  #refuse(name: string): void {
    if (!this.wrong.includes(this.#prefix + name)) this.wrong.push(this.#prefix + name)
  }
}

const text = (variables: Variables, name: string): string => {
  const value = variables[name]
  return typeof value === 'string' ? value.trim() : ''
}
