/** Encodes a rendered mail as MIME (RFC 5322, CRLF). */
import { base64Bytes, MAX_MAIL_BYTES } from '../domain/attachment'
import { safeFileName } from '../domain/file-name'
import { displayNameText, headerText } from '../domain/header-text'
import { addressHeader, fileHeaders, headersOf, textHeader } from './header-lines'
import type { RenderedMail } from './mail-input'
import { base64, quotedPrintable } from './mime-encoding'

export interface Envelope {
  /** The delivery's id, or that of a notice. Message-ID and MIME boundaries are made from it. */
  id: string
  /** Epoch ms, the Date header. */
  date: number
  /** MAIL_DOMAIN */
  domain: string
  to: string
  /** Display name: before "via Facteur", or alone with an address of the account's own. Absent = Facteur itself writes. */
  company?: string
  /** From address, where that is not the platform's. */
  sender?: string | null
  replyTo?: string
  /** Address for the one-click POST of RFC 8058. Absent on notices. */
  unsubscribeLink?: string | undefined
}

export interface Attachment {
  filename: string
  contentType: string
  content: Uint8Array
}

/** An image that the HTML shows by `cid:<cid>`, so that a reader fetches nothing from the network. */
export interface InlineImage {
  cid: string
  contentType: string
  content: Uint8Array
}

/** Returns the envelope sender and From address of all mails. */
export const senderAddress = (domain: string): string => `notifications@${domain}`

/** Returns the Message-ID without angle brackets, as providers report it. */
export const messageId = (id: string, domain: string): string => `${id}@${domain}`

/** Thrown for a mail that is larger than any provider accepts. */
export class MailTooLargeError extends Error {}

/**
 * Encodes a mail; the same input always gives the same bytes. Throws on an address with control characters, and a
 * MailTooLargeError before anything is encoded, since encoding needs several copies of the mail in memory. Bodies are
 * encoded here, since nodemailer's streams take 30 ms a mail inside workerd.
 */
export function composeMime(
  mail: RenderedMail,
  envelope: Envelope,
  attachments: Attachment[],
  images: InlineImage[] = [],
): Uint8Array {
  const files = [...attachments, ...images].reduce((sum, { content }) => sum + base64Bytes(content.length), 0)
  // Quoted-printable takes at least a byte a character.
  if (files + mail.html.length + mail.text.length > MAX_MAIL_BYTES) throw new MailTooLargeError('the mail is too large')
  const boundary = `=_${envelope.id.replace(/[^0-9a-zA-Z]/g, '')}`
  return bytesOf([
    `${mailHeaders(mail, envelope)}\r\nMIME-Version: 1.0\r\n`,
    ...multipart('mixed', `${boundary}_1`, [
      multipart('alternative', `${boundary}_2`, [
        textPart('plain', mail.text),
        withImages(`${boundary}_3`, mail.html, images),
      ]),
      ...attachments.map(({ filename, contentType, content }) =>
        filePart(fileHeaders(contentType, safeFileName(filename)), content),
      ),
    ]),
    '\r\n',
  ])
}

/** Returns the HTML, together with its images as multipart/related (RFC 2387). */
function withImages(boundary: string, text: string, images: InlineImage[]): Piece[] {
  const html = textPart('html', text)
  if (images.length === 0) return html
  return multipart('related; type="text/html"', boundary, [html, ...images.map(inlinePart)])
}

function inlinePart({ cid, contentType, content }: InlineImage): Piece[] {
  const headers = headersOf((node) => {
    node.setHeader('Content-ID', `<${cid}>`)
    // It has a name, since programs that list all parts would show « noname ».
    node.setHeader('Content-Disposition', `inline; filename="logo.${contentType === 'image/png' ? 'png' : 'jpg'}"`)
    node.setHeader('Content-Transfer-Encoding', 'base64')
  }, contentType)
  return filePart(headers, content)
}

type Piece = string | Uint8Array

const filePart = (headers: string, content: Uint8Array): Piece[] => [headers, '\r\n\r\n', base64(content)]

const textPart = (subtype: 'plain' | 'html', text: string): Piece[] => [
  `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`,
  quotedPrintable(text),
]

const multipart = (subtype: string, boundary: string, parts: Piece[][]): Piece[] => [
  `Content-Type: multipart/${subtype};\r\n boundary="${boundary}"\r\n`,
  ...parts.flatMap((pieces) => [`\r\n--${boundary}\r\n`, ...pieces]),
  `\r\n--${boundary}--`,
]

/** Joins the pieces. Strings are ASCII, except for an address whose local part is not (RFC 6532: UTF-8). */
function bytesOf(pieces: Piece[]): Uint8Array {
  const encoder = new TextEncoder()
  const chunks = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece))
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

/** Returns the header lines but those of MIME. */
function mailHeaders(mail: RenderedMail, envelope: Envelope): string {
  const { id, date, domain, to, sender, replyTo, unsubscribeLink } = envelope
  for (const address of [to, replyTo ?? '', sender ?? '']) refuseControls(address)
  return [
    fromHeader(envelope),
    replyTo ? addressHeader('Reply-To', { name: '', address: replyTo }) : '',
    addressHeader('To', { name: '', address: to }),
    textHeader('Subject', headerText(mail.subject)),
    // RFC 3282: mail programs use it to read mails aloud and to offer a translation. Cloudflare accepts no such header (`cloudflare.ts`).
    textHeader('Content-Language', headerText(mail.language)),
    `Date: ${new Date(date).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${messageId(id, domain)}>`,
    'Auto-Submitted: auto-generated',
    `X-Facteur-Delivery: ${id}`,
    // Not folded, which would break a long link.
    ...(unsubscribeLink
      ? [`List-Unsubscribe: <${new URL(unsubscribeLink).href}>`, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click']
      : []),
  ]
    .filter(Boolean)
    .join('\r\n')
}

const MAX_FROM = 200
/** From headers by company and address: cleaning a name looks at each character, and an account's mails have the same one. */
const fromHeaders = new Map<string, string>()

function fromHeader(envelope: Envelope): string {
  const address = envelope.sender ?? senderAddress(envelope.domain)
  const key = JSON.stringify([envelope.company, envelope.sender, address])
  const known = fromHeaders.get(key)
  if (known !== undefined) return known
  const header = addressHeader('From', { name: senderName(envelope), address })
  if (fromHeaders.size >= MAX_FROM) fromHeaders.clear()
  fromHeaders.set(key, header)
  return header
}

function senderName({ company, sender }: Envelope): string {
  if (company === undefined) return 'Facteur'
  return sender ? safeName(company) : `${safeName(company)} via Facteur`.trim()
}

const MAX_NAME_CHARS = 60

/** Returns a display name of at most 60 characters. Cleans it again after the cut, which may leave spaces at the end. */
const safeName = (name: string): string => displayNameText([...displayNameText(name)].slice(0, MAX_NAME_CHARS).join(''))

function refuseControls(address: string): void {
  if (/\p{Cc}/u.test(address)) throw new Error('an address contains control characters')
}
