/** Where a mail server is, and how to sign in to it. */
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
