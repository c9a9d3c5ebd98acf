/** Files that go with a document's mails. They are not part of the frozen paper: what a mail carried stays in that mail. */
import type { FileType } from './file-type'

export interface DocumentAttachment {
  id: string
  name: string
  type: FileType
  bytes: number
  /** What it takes of a mail, after base64. */
  mailBytes: number
  /** Where it is in R2. */
  key: string
  /** Customers find it on the document's page. */
  public: boolean
}

/** Of all files of a document together, as the mail carries them. */
export const MAX_ATTACHMENTS_MAIL_BYTES = 10_000_000
export const MAX_ATTACHMENTS = 10
/** Of a whole mail: text, logo, PDF and files. The strictest of the large providers takes no more (Postmark: 10 MB). */
export const MAX_MAIL_BYTES = 10 * 1024 * 1024

/** Bytes as base64 in lines of 76 (RFC 2045), line ends included. */
export function base64Bytes(bytes: number): number {
  const characters = Math.ceil(bytes / 3) * 4
  return characters + 2 * Math.ceil(characters / 76)
}

export const mailBytesOf = (attachments: readonly Pick<DocumentAttachment, 'mailBytes'>[]): number =>
  attachments.reduce((sum, { mailBytes }) => sum + mailBytes, 0)

/** Those that customers find on the document's page. */
export const publicOf = (attachments: readonly DocumentAttachment[]): DocumentAttachment[] =>
  attachments.filter((attachment) => attachment.public)

/** Those of a document that a send takes along: all that were chosen and are still there. */
export const chosenOf = (
  attachments: readonly DocumentAttachment[],
  ids: readonly string[] | undefined,
): DocumentAttachment[] => (ids === undefined ? [...attachments] : attachments.filter(({ id }) => ids.includes(id)))

/** More than text and an ordinary PDF take. */
const TEXT_BYTES = 60_000
const PDF_BYTES = 150_000

/** No less than the mail will have, before it is made. */
export function estimatedMailBytes(mail: {
  attachments: readonly DocumentAttachment[]
  attachPdf: boolean
  logoBytes: number
}): number {
  const pdf = mail.attachPdf ? base64Bytes(PDF_BYTES + mail.logoBytes) : 0
  return TEXT_BYTES + pdf + base64Bytes(mail.logoBytes) + mailBytesOf(mail.attachments)
}
