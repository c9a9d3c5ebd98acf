import type { Mailer } from './mailer'

export interface SmtpSettings {
  host: string
  port: number
  /** `tls` (465), `starttls` (587, refused where the server does not offer it) or `none` (local only). */
  security: 'tls' | 'starttls' | 'none'
  user: string
  pass: string
  /** How we name ourselves in EHLO: MAIL_DOMAIN. */
  name: string
}

/** Longest a `send` can take, connecting included; a lease must be longer. */
export const SMTP_SEND_TIMEOUT_MS = 60_000

export declare function smtpMailer(settings: SmtpSettings): Mailer
