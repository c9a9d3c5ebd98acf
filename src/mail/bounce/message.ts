/** Takes a mail apart for the readers of reports: headers, the text a machine wrote, its status blocks and the returned copy. */
import PostalMime, { decodeWords } from 'postal-mime'
import { splitReturnedCopy } from './returned-copy'

export interface Message {
  /** Values of a header by its name in lower case, encoded words decoded. */
  header(name: string): string
  hasHeader(name: string): boolean
  /** `multipart/report`, in lower case. */
  contentType: string
  /** RFC 6522: `delivery-status`, `feedback-report`, `disposition-notification`; empty where there is none. */
  reportType: string
  /** What precedes the returned copy. */
  notice: string
  /** Contents of the parts `message/delivery-status` (RFC 3464). */
  statusParts: string[]
  /** Contents of the parts `message/feedback-report` (RFC 5965). */
  feedbackParts: string[]
  /** A report that another server has put into a mail of its own (InterScan). */
  enclosedReport: Uint8Array | undefined
  /** The returned mail or its headers, in its parts or at the end of the text. */
  returned: string
}

/** Reports put what they say first; the returned copy may be as large as the mail was. */
const MAX_MAIL_BYTES = 256 * 1024
/** postal-mime works line by line: a mail of nothing but line breaks would take it seconds. */
const MAX_MAIL_LINES = 8_000
const MAX_NOTICE_CHARS = 32 * 1024
const MAX_RETURNED_CHARS = 64 * 1024
const MAX_HEADER_CHARS = 8 * 1024

/** Parses the first 256 KB and 8,000 lines. Rejects what postal-mime refuses: too many headers, too deep a nesting. */
export async function parseMessage(raw: Uint8Array): Promise<Message> {
  const bytes = firstLines(withoutMailboxLine(raw.subarray(0, MAX_MAIL_BYTES)))
  const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true, maxNestingDepth: 32 })
  const headers = Map.groupBy(mail.headers, ({ key }) => key)
  const header = (name: string) =>
    (headers.get(name) ?? []).map(({ value }) => decodeWords(value.slice(0, MAX_HEADER_CHARS))).join(', ')
  const parts = mail.attachments.map(({ mimeType, content }) => ({ mimeType, text: partText(content) }))
  const partsOf = (types: string[]) => parts.filter(({ mimeType }) => types.includes(mimeType)).map(({ text }) => text)
  const body = mail.text?.trim() ? mail.text : mail.html ? textOfHtml(mail.html) : ''
  const { notice, returned } = splitReturnedCopy(decodeJis(body.trim() === '' ? rawBody(bytes) : body))
  return {
    header,
    hasHeader: (name) => headers.has(name),
    contentType: (header('content-type').split(';')[0] ?? '').trim().toLowerCase(),
    reportType: (/report-type\s*=\s*"?([\w-]+)/i.exec(header('content-type'))?.[1] ?? '').toLowerCase(),
    notice: notice.slice(0, MAX_NOTICE_CHARS),
    statusParts: partsOf(STATUS_TYPES),
    feedbackParts: partsOf(['message/feedback-report']),
    enclosedReport: mail.attachments
      .filter(({ mimeType }) => mimeType === 'message/rfc822')
      .map(({ content }) => (typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)))
      .find((content) => REPORT_TYPE.test(new TextDecoder().decode(content.subarray(0, MAX_HEADER_CHARS)))),
    returned: [...partsOf(RETURNED_TYPES), returned].join('\n\n').slice(0, MAX_RETURNED_CHARS),
  }
}

const REPORT_TYPE = /^content-type:\s{0,4}multipart\/report\b/im

const STATUS_TYPES = ['message/delivery-status', 'message/global-delivery-status', 'message/delivery-report']
const RETURNED_TYPES = [
  'message/rfc822',
  'message/global',
  'message/rfc822-headers',
  'message/global-headers',
  'text/rfc822-headers',
  'text/rfc822',
  'message/partial',
]

/** Takes off empty lines, and `From sender date`, which mailbox files put before a mail (RFC 4155). */
function withoutMailboxLine(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== LINE_FEED && byte !== CARRIAGE_RETURN)
  if (start > 0) return withoutMailboxLine(bytes.subarray(start))
  const startsWithFrom = new TextDecoder().decode(bytes.subarray(0, 5)) === 'From '
  return startsWithFrom ? bytes.subarray(bytes.indexOf(LINE_FEED) + 1) : bytes
}

function firstLines(bytes: Uint8Array): Uint8Array {
  let end = -1
  for (let line = 0; line < MAX_MAIL_LINES; line++) {
    end = bytes.indexOf(LINE_FEED, end + 1)
    if (end < 0) return bytes
  }
  return bytes.subarray(0, end)
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

function partText(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === 'string' ? content : decodeJis(new TextDecoder().decode(content))
}

/** What follows the headers, where the MIME structure is broken. */
function rawBody(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  const end = /\r?\n\r?\n/.exec(text)
  return end === null ? '' : text.slice(end.index)
}

/** Decodes ISO-2022-JP that no charset announces: its escape sequences occur in no other text. */
function decodeJis(text: string): string {
  if (!text.includes('\x1b$B') && !text.includes('\x1b$@')) return text
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0) & 0x7f)
  return new TextDecoder('iso-2022-jp').decode(bytes)
}

const textOfHtml = (html: string): string =>
  html
    .slice(0, 4 * MAX_NOTICE_CHARS)
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<(?:br|p|div|tr|li|h\d|pre|\/p|\/div|\/tr|\/pre|\/h\d)\b[^<>]{0,500}>/gi, '\n')
    // An address in angle brackets stays.
    .replace(/<(?![\w.+-]{1,64}@)[^<>]{0,2000}>/g, ' ')
    .replace(/&(lt|gt|quot|amp|nbsp|#\d{1,6});/g, (whole, name: string) => ENTITIES[name] ?? codePoint(name, whole))

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: ' ' }

const codePoint = (name: string, whole: string): string => {
  const code = Number(name.slice(1))
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole
}
