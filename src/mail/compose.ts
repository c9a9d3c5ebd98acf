/** From a rendered mail to the bytes that travel (RFC 5322, CRLF). */
import type { RenderedMail } from './render-mail'

export interface Envelope {
  /** The delivery's id, or any other for a notice: Message-ID and MIME boundaries come from it. */
  id: string
  /** Epoch ms, the Date header. */
  date: number
  /** MAIL_DOMAIN */
  domain: string
  to: string
  /** Display name before "via Facteur"; absent = Facteur itself writes. */
  company?: string
  replyTo?: string
  /** Takes the one-click POST of RFC 8058. Absent on notices. */
  unsubscribeLink?: string
}

export interface Attachment {
  filename: string
  contentType: string
  content: Uint8Array
}

/** The envelope sender and From address of everything we send. */
export const senderAddress = (domain: string): string => `notifications@${domain}`

/** The same input always gives the same bytes. */
export declare function composeMime(
  mail: RenderedMail,
  envelope: Envelope,
  attachments: Attachment[],
): Promise<Uint8Array>
