/** Address and credentials of a mail server. */
export interface SmtpSettings {
  host: string
  port: number
  /** `tls` (465), `starttls` (587, refused where the server does not offer it) or `none` (local only). */
  security: 'tls' | 'starttls' | 'none'
  user: string
  pass: string
  /** Name for EHLO: MAIL_DOMAIN. */
  name: string
}
