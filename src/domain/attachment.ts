/** Describes the files attached to a document's mails, and limits their size. They are not part of the document snapshot; each stored mail contains its own files. */
import type { FileType } from './file-type'

export interface DocumentAttachment {
  id: string
  name: string
  type: FileType
  bytes: number
  /** Size in a mail, after base64. */
  mailBytes: number
  /** Key of the file in R2. */
  key: string
  /** Whether customers see it on the document's hosted page. */
  public: boolean
}

/** Most bytes that all files of a document take in a mail, after base64. */
export const MAX_ATTACHMENTS_MAIL_BYTES = 10_000_000
export const MAX_ATTACHMENTS = 10
/** Most bytes of a whole mail: text, logo, PDF and files. This is the lowest limit of the large providers (Postmark: 10 MB). */
export const MAX_MAIL_BYTES = 10 * 1024 * 1024

/** Returns the size of bytes as base64 in lines of 76 characters (RFC 2045), line ends included. */
export function base64Bytes(bytes: number): number {
  const characters = Math.ceil(bytes / 3) * 4
  return characters + 2 * Math.ceil(characters / 76)
}

export const mailBytesOf = (attachments: readonly Pick<DocumentAttachment, 'mailBytes'>[]): number =>
  attachments.reduce((sum, { mailBytes }) => sum + mailBytes, 0)

/** Returns the attachments that customers see on the document's hosted page. */
export const publicOf = (attachments: readonly DocumentAttachment[]): DocumentAttachment[] =>
  attachments.filter((attachment) => attachment.public)

/** Returns the attachments that a send includes: those chosen that still exist; all of them where `ids` is undefined. */
export const chosenOf = (
  attachments: readonly DocumentAttachment[],
  ids: readonly string[] | undefined,
): DocumentAttachment[] => (ids === undefined ? [...attachments] : attachments.filter(({ id }) => ids.includes(id)))

/** Upper estimates for the text and an ordinary PDF. */
const TEXT_BYTES = 60_000
const PDF_BYTES = 150_000

/** Returns an upper estimate of a mail's size, before the mail is made. */
export function estimatedMailBytes(mail: {
  attachments: readonly DocumentAttachment[]
  attachPdf: boolean
  logoBytes: number
}): number {
  const pdf = mail.attachPdf ? base64Bytes(PDF_BYTES + mail.logoBytes) : 0
  return TEXT_BYTES + pdf + base64Bytes(mail.logoBytes) + mailBytesOf(mail.attachments)
}

/** What a provider takes: bytes of a whole mail, and of one file before base64 where that has a limit of its own. */
export interface SizeLimits {
  maxBytes: number
  maxFileBytes?: number
}

/** Returns whether a mail with these files is within a provider's limits. @param files their sizes before base64 */
export const isWithin = ({ maxBytes, maxFileBytes = maxBytes }: SizeLimits, files: readonly number[]): boolean =>
  files.every((bytes) => bytes <= maxFileBytes) &&
  files.reduce((sum, bytes) => sum + base64Bytes(bytes), TEXT_BYTES) <= maxBytes
