/** Detects the type of a file from its content; its name is ignored. */

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Types of files that can be attached. A compressed one gains nothing by being compressed again. */
export const FILE_TYPES = {
  pdf: { contentType: 'application/pdf', endings: ['pdf'], compressed: true },
  png: { contentType: 'image/png', endings: ['png'], compressed: true },
  jpeg: { contentType: 'image/jpeg', endings: ['jpg', 'jpeg'], compressed: true },
  csv: { contentType: 'text/csv', endings: ['csv'], compressed: false },
  xlsx: { contentType: XLSX, endings: ['xlsx'], compressed: true },
  xml: { contentType: 'application/xml', endings: ['xml'], compressed: false },
} as const
export type FileType = keyof typeof FILE_TYPES

/** Names of the types for people: 'PDF, PNG, …'. */
export const FILE_TYPE_NAMES = Object.keys(FILE_TYPES).join(', ').toUpperCase()

/** The endings that a file input offers: '.pdf,.png,…'. */
export const ACCEPT = Object.values(FILE_TYPES)
  .flatMap(({ endings }) => endings.map((ending) => `.${ending}`))
  .join(',')

/** Returns whether the ending of a file's name is one of a compressed type. */
export const isCompressed = (name: string): boolean =>
  Object.values(FILE_TYPES).some(
    ({ compressed, endings }) => compressed && endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`)),
  )

/** Returns the type of a file; undefined for one that is not supported. */
export function fileTypeOf(bytes: Uint8Array): FileType | undefined {
  if (startsWith(bytes, '%PDF-')) return 'pdf'
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'png'
  if (startsWith(bytes, '\xff\xd8\xff')) return 'jpeg'
  if (startsWith(bytes, 'PK\x03\x04')) return isWorkbook(bytes) ? 'xlsx' : undefined
  const text = textOf(bytes)
  if (text === undefined) return undefined
  if (text.trimStart().startsWith('<')) return isXml(text) ? 'xml' : undefined
  return isTable(text) ? 'csv' : undefined
}

const startsWith = (bytes: Uint8Array, signature: string): boolean =>
  [...signature].every((char, i) => bytes[i] === char.charCodeAt(0))

/** Returns whether a ZIP is a workbook (Office Open XML, part 2) without macros. */
function isWorkbook(bytes: Uint8Array): boolean {
  const names = zipNames(bytes)
  const has = (part: string) => names.some((name) => name.toLowerCase() === part)
  return has('[content_types].xml') && has('xl/workbook.xml') && !has('xl/vbaproject.bin')
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const MAX_COMMENT = 65_535

/** Lists the names in a ZIP's directory (PKWARE APPNOTE 4.3.12); empty where there is none. */
function zipNames(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  const first = Math.max(0, end - MAX_COMMENT)
  while (end >= first && view.getUint32(end, true) !== END_OF_DIRECTORY) end--
  if (end < first) return []
  const names: string[] = []
  let at = view.getUint32(end + 16, true)
  while (at + 46 <= end && view.getUint32(at, true) === DIRECTORY_ENTRY) {
    const length = view.getUint16(at + 28, true)
    names.push(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)))
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return names
}

/** Decodes UTF-8, or UTF-16 with its mark, else windows-1252; undefined for a text that is empty or has control characters. */
function textOf(bytes: Uint8Array): string | undefined {
  const wide = startsWith(bytes, '\xff\xfe') ? 'utf-16le' : startsWith(bytes, '\xfe\xff') ? 'utf-16be' : undefined
  const text = wide
    ? new TextDecoder(wide).decode(bytes)
    : (decoded(bytes) ?? new TextDecoder('windows-1252').decode(bytes))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.trim() === '' || /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) ? undefined : text
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A start tag, up to the character after its name. */
const ROOT = /<([\p{L}_][\p{L}\p{N}_.:-]{0,99})[\s/>]/uy

/**
 * Returns whether a text is one root element that ends where the file ends. HTML and SVG are refused: a browser would run their scripts.
 * The text is searched for fixed strings: on an uploaded file a regular expression could backtrack for too long.
 */
function isXml(text: string): boolean {
  ROOT.lastIndex = afterRemarks(text)
  const content = withoutRemarksAtEnd(text)
  const root = ROOT.exec(content)
  const name = root?.[1]
  if (!root || !name || /(^|:)(html|svg)$/i.test(name) || text.includes('http://www.w3.org/1999/xhtml')) return false
  const next = content.indexOf('<', root.index + 1)
  if (next < 0) return content.endsWith('/>')
  const last = content.lastIndexOf('</')
  return (
    content.slice(root.index, next).includes('>') &&
    content.endsWith('>') &&
    content.slice(last + 2, -1).trimEnd() === name
  )
}

const REMARKS = [
  ['<!--', '-->'],
  ['<?', '?>'],
] as const

/** Returns where the first element begins, after the declaration, instructions and comments. */
function afterRemarks(text: string): number {
  let at = afterSpace(text, 0)
  while (true) {
    const [begin, end] = REMARKS.find(([begin]) => text.startsWith(begin, at)) ?? []
    if (!begin) return at
    const found = text.indexOf(end, at + begin.length)
    if (found < 0) return at
    at = afterSpace(text, found + end.length)
  }
}

function afterSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charAt(at).trim() === '') at++
  return at
}

function withoutRemarksAtEnd(text: string): string {
  let content = text.trimEnd()
  while (content.endsWith('-->')) {
    const begin = content.lastIndexOf('<!--', content.length - 7)
    if (begin < 0) return content
    content = content.slice(0, begin).trimEnd()
  }
  return content
}

/** Returns whether the first lines have the same number of columns, two at least. */
function isTable(text: string): boolean {
  const lines = text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .map(unquoted)
  return [';', '\t', ','].some((separator) => {
    const counts = lines.map((line) => line.split(separator).length)
    return (counts[0] ?? 0) > 1 && counts.every((count) => count === counts[0])
  })
}

/** Removes what is between quotes. A quote that is never closed counts as text. */
function unquoted(line: string): string {
  const parts = line.split('"')
  return parts.filter((_, i) => i % 2 === 0 || i === parts.length - 1).join('')
}
