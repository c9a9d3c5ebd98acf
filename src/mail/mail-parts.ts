/**
 * Takes apart the mails that `composeMime` wrote, for providers whose API wants subject, bodies and files one by one. The same bytes always
 * give the same parts. A general parser takes ten times as long, since it decodes every file that the API wants as base64 anyway.
 */
import { addressParser, decodeWords } from 'postal-mime'

export interface MailParts {
  from: { name: string; address: string }
  /** As in the header: a domain that is not ASCII is in Punycode. */
  to: string
  replyTo: string | undefined
  subject: string
  html: string
  text: string
  /** All that are not named above, without those of MIME itself. ASCII, one line each. */
  headers: { name: string; value: string }[]
  attachments: MailFile[]
  /** The HTML names them `cid:<cid>`. */
  images: (MailFile & { cid: string })[]
}

export interface MailFile {
  filename: string
  contentType: string
  /** Without line ends. */
  base64: string
}

/** The bytes are not a mail of ours. */
export class MalformedMailError extends Error {}

/** Throws a MalformedMailError. */
export function splitMail(mime: Uint8Array): MailParts {
  const root = partOf(new TextDecoder().decode(mime))
  const parts = leavesOf(root)
  const header = (name: string) => root.headers.find((one) => one.name.toLowerCase() === name)?.value ?? ''
  const [from] = addressParser(header('from'))
  const [to] = addressParser(header('to'))
  const [replyTo] = addressParser(header('reply-to'))
  if (!from?.address || !to?.address) throw new MalformedMailError('the mail has no sender or no recipient')
  const bodyOf = (type: string) => {
    const body = parts.find((part) => part.type === type && !part.disposition && !part.cid)
    return body ? decodeQuotedPrintable(body.body) : ''
  }
  return {
    from: { name: decodeWords(from.name), address: from.address },
    to: to.address,
    replyTo: replyTo?.address,
    subject: decodeWords(header('subject')),
    html: bodyOf('text/html'),
    text: bodyOf('text/plain'),
    headers: root.headers.filter(({ name }) => !OWN_FIELDS.test(name)),
    attachments: parts.filter(({ disposition }) => disposition === 'attachment').map(fileOf),
    images: parts
      .filter(({ disposition }) => disposition === 'inline')
      .map((part) => ({ ...fileOf(part), cid: part.cid })),
  }
}

/** What APIs take as fields, and what they write themselves. */
const OWN_FIELDS = /^(from|to|reply-to|subject|mime-version|content-type|content-transfer-encoding)$/i

interface Part {
  headers: { name: string; value: string }[]
  /** Without parameters, lower case. */
  type: string
  boundary: string
  disposition: string
  filename: string
  cid: string
  body: string
}

function partOf(source: string): Part {
  const end = source.indexOf('\r\n\r\n')
  if (end < 0) throw new MalformedMailError('a part of the mail has no body')
  const headers = source
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() }
    })
  const headerOf = (name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value ?? ''
  const type = headerOf('content-type')
  const disposition = headerOf('content-disposition')
  return {
    headers,
    type: withoutParameters(type),
    boundary: parameterOf(type, 'boundary'),
    disposition: withoutParameters(disposition),
    filename: parameterOf(disposition, 'filename'),
    cid: headerOf('content-id').slice(1, -1),
    body: source.slice(end + 4),
  }
}

const withoutParameters = (value: string): string => value.split(';', 1)[0]?.trim().toLowerCase() ?? ''

/** Returns all parts that contain none, in the order of the mail. */
function leavesOf(part: Part): Part[] {
  if (!part.type.startsWith('multipart/')) return [part]
  const pieces = `\r\n${part.body}`.split(`\r\n--${part.boundary}`)
  if (pieces.length < 3) throw new MalformedMailError('a part of the mail is not closed')
  return pieces.slice(1, -1).flatMap((piece) => leavesOf(partOf(piece.slice('\r\n'.length))))
}

const fileOf = ({ filename, type, body }: Part): MailFile => ({
  filename,
  contentType: type,
  base64: body.replaceAll('\r\n', ''),
})

/** Decodes quoted-printable UTF-8. Decodes escapes alone, since a mail has few different ones. */
function decodeQuotedPrintable(coded: string): string {
  const decoded = new Map<string, string>()
  const characterOf = (run: string): string => {
    const known = decoded.get(run)
    if (known !== undefined) return known
    const characters = decodeURIComponent(run.replaceAll('=', '%'))
    decoded.set(run, characters)
    return characters
  }
  try {
    return coded
      .replaceAll('=\r\n', '')
      .replaceAll('\r\n', '\n')
      .replace(/(?:=[\dA-F]{2})+/g, characterOf)
  } catch {
    throw new MalformedMailError('a body of the mail is not UTF-8')
  }
}

/** Returns a parameter of a header, which may be cut into numbered pieces (RFC 2231); empty if there is none. */
function parameterOf(header: string, name: string): string {
  let value = ''
  for (const [, key = '', raw = ''] of header.matchAll(/;\s*([\w*-]+)=("(?:[^"\\]|\\.)*"|[^;]*)/g)) {
    const [base, ...rest] = key.toLowerCase().split('*')
    if (base !== name) continue
    const text = raw.startsWith('"') ? raw.slice(1, -1).replace(/\\(.)/g, '$1') : raw.trim()
    value += rest.at(-1) === '' ? decodeURIComponent(text.replace(/^utf-8''/i, '')) : text
  }
  return value
}
