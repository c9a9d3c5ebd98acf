/** Takes a mail apart for the readers of reports: headers, the text a machine wrote, its status blocks and the returned copy. */
import PostalMime, { decodeWords } from 'postal-mime'
import { textOfHtml } from './html-text'
import { leadingBytes } from './leading-bytes'
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

const MAX_NOTICE_CHARS = 32 * 1024
const MAX_RETURNED_CHARS = 64 * 1024
const MAX_HEADER_CHARS = 8 * 1024

/** Parses the first 256 KB and 8,000 lines. Rejects what postal-mime refuses: too many headers, too deep a nesting. */
export async function parseMessage(raw: Uint8Array): Promise<Message> {
  const bytes = leadingBytes(raw)
  const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true, maxNestingDepth: 32 })
  const headers = Map.groupBy(mail.headers, ({ key }) => key)
  const header = (name: string) =>
    (headers.get(name) ?? []).map(({ value }) => decodeWords(value.slice(0, MAX_HEADER_CHARS))).join(', ')
  const parts = mail.attachments.map(({ mimeType, content }) => ({ mimeType, text: partText(content) }))
  const partsOf = (types: string[]) => parts.filter(({ mimeType }) => types.includes(mimeType)).map(({ text }) => text)
  // `Content-Type: text/plain charset=…`, without the semicolon
  const misnamed = parts.filter(({ mimeType }) => /^text\/plain\s/.test(mimeType)).map(({ text }) => text)
  const text = [...misnamed, mail.text ?? ''].join('\n')
  const body = text.trim() ? text : mail.html ? textOfHtml(mail.html) : ''
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
