import { type HttpProviderKind, providerUrl } from '../domain/provider'
import type { ProviderSettings } from '../domain/provider-connection'
import { brevoMailer } from './brevo'
import { cloudflareMailer } from './cloudflare'
import type { HttpMailerOptions } from './http-mailer'
import type { Mailer } from './mailer'
import { mailgunMailer } from './mailgun'
import { postmarkMailer } from './postmark'
import { resendMailer } from './resend'
import { sendgridMailer } from './sendgrid'
import { sesMailer } from './ses'
import { smtpMailer } from './smtp'

export interface MailerSurroundings {
  /** How we name ourselves in EHLO: MAIL_DOMAIN. */
  name: string
  /** Where providers' APIs are, if not where they usually are. */
  urls: Partial<Record<string, string>>
  /** Cloudflare's binding. */
  email?: Pick<SendEmail, 'send'>
}

/** Returns the adapter of a provider, for one invocation. */
export function createMailer(settings: ProviderSettings, { name, urls, email }: MailerSurroundings): Mailer {
  const at = (kind: HttpProviderKind, region = ''): HttpMailerOptions => ({
    baseUrl: urls[kind]?.replace(/\/$/, '') ?? providerUrl(kind, region),
  })
  switch (settings.kind) {
    case 'smtp':
      return smtpMailer({ ...settings, name })
    case 'resend':
      return resendMailer(settings, at('resend'))
    case 'brevo':
      return brevoMailer(settings, at('brevo'))
    case 'postmark':
      return postmarkMailer(
        { serverToken: settings.apiKey, ...(settings.stream && { messageStream: settings.stream }) },
        at('postmark'),
      )
    case 'sendgrid':
      return sendgridMailer(settings, at('sendgrid', settings.region))
    case 'mailgun':
      return mailgunMailer(settings, at('mailgun', settings.region))
    case 'ses': {
      const { configurationSet, ...rest } = settings
      return sesMailer({ ...rest, ...(configurationSet && { configurationSet }) }, at('ses', settings.region))
    }
    case 'cloudflare':
      if (!email) throw new Error('the binding EMAIL is missing')
      return cloudflareMailer(email)
  }
}
