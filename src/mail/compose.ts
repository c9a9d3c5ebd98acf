/** Encodes a rendered mail as MIME (RFC 5322, CRLF). */
import MimeNode from 'nodemailer/lib/mime-node'
import { base64Bytes, MAX_MAIL_BYTES } from '../domain/attachment'
import { safeFileName } from '../domain/file-name'
import { displayNameText, headerText } from '../domain/header-text'
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
 * MailTooLargeError before anything is encoded, since encoding needs several copies of the mail in memory. nodemailer
 * makes the headers; bodies are encoded here, since its streams take 30 ms a mail inside workerd.
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
  const boundary = envelope.id.replace(/[^0-9a-zA-Z]/g, '')
  const root = new MimeNode(`multipart/mixed; boundary="=_${boundary}_1"`)
  root.setHeader(headersOf(mail, envelope))
  const alternative = root.createChild(`multipart/alternative; boundary="=_${boundary}_2"`)
  return bytesOf([
    ...multipart(root, [
      multipart(alternative, [
        part(root.createChild('text/plain; charset=utf-8'), 'quoted-printable', quotedPrintable(mail.text)),
        withImages(root, boundary, mail.html, images),
      ]),
      ...attachments.map(({ filename, contentType, content }) =>
        part(root.createChild(contentType, { filename: safeFileName(filename) }), 'base64', base64(content)),
      ),
    ]),
    '\r\n',
  ])
}

/** Returns the HTML, together with its images as multipart/related (RFC 2387). */
function withImages(root: MimeNode, boundary: string, text: string, images: InlineImage[]): Piece[] {
  const html = part(root.createChild('text/html; charset=utf-8'), 'quoted-printable', quotedPrintable(text))
  if (images.length === 0) return html
  const related = root.createChild(`multipart/related; type="text/html"; boundary="=_${boundary}_3"`)
  return multipart(related, [html, ...images.map((image) => inlinePart(root, image))])
}

function inlinePart(root: MimeNode, { cid, contentType, content }: InlineImage): Piece[] {
  const node = root.createChild(contentType)
  node.setHeader('Content-ID', `<${cid}>`)
  // It has a name, since programs that list all parts would show « noname ».
  node.setHeader('Content-Disposition', `inline; filename="logo.${contentType === 'image/png' ? 'png' : 'jpg'}"`)
  return part(node, 'base64', base64(content))
}

type Piece = string | Uint8Array

function part(node: MimeNode, encoding: string, body: Uint8Array): Piece[] {
  node.setHeader('Content-Transfer-Encoding', encoding)
  return [node.buildHeaders(), '\r\n\r\n', body]
}

function multipart(node: MimeNode, parts: Piece[][]): Piece[] {
  const headers = node.buildHeaders()
  const { boundary } = node
  return [headers, '\r\n', ...parts.flatMap((pieces) => [`\r\n--${boundary}\r\n`, ...pieces]), `\r\n--${boundary}--`]
}

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

function headersOf(mail: RenderedMail, envelope: Envelope): { key: string; value: MimeHeader }[] {
  const { id, date, domain, to, sender, replyTo, unsubscribeLink } = envelope
  for (const address of [to, replyTo ?? '', sender ?? '']) refuseControls(address)
  const headers: [string, MimeHeader | undefined][] = [
    ['From', { name: senderName(envelope), address: sender ?? senderAddress(domain) }],
    ['Reply-To', replyTo ? { name: '', address: replyTo } : undefined],
    ['To', { name: '', address: to }],
    ['Subject', headerText(mail.subject)],
    ['Date', new Date(date).toUTCString().replace('GMT', '+0000')],
    ['Message-ID', `<${messageId(id, domain)}>`],
    ['Auto-Submitted', 'auto-generated'],
    // RFC 3282: mail programs use it to read mails aloud and to offer a translation. Cloudflare accepts no such header (`cloudflare.ts`).
    ['Content-Language', headerText(mail.language)],
    ['X-Facteur-Delivery', id],
    // Prepared: folding must not break a long link.
    ['List-Unsubscribe', unsubscribeLink ? { prepared: true, value: `<${new URL(unsubscribeLink).href}>` } : undefined],
    ['List-Unsubscribe-Post', unsubscribeLink ? 'List-Unsubscribe=One-Click' : undefined],
  ]
  return headers.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]))
}

function senderName({ company, sender }: Envelope): string {
  if (company === undefined) return 'Facteur'
  return sender ? safeName(company) : `${safeName(company)} via Facteur`.trim()
}

type MimeHeader = string | { name: string; address: string } | { prepared: true; value: string }

const MAX_NAME_CHARS = 60

/** Returns a display name of at most 60 characters. Cleans it again after the cut, which may leave spaces at the end. */
const safeName = (name: string): string => displayNameText([...displayNameText(name)].slice(0, MAX_NAME_CHARS).join(''))

function refuseControls(address: string): void {
  if (/\p{Cc}/u.test(address)) throw new Error('an address contains control characters')
}
