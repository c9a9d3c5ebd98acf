/** Makes names of uploaded files safe for pages, mails and downloads. */
import { FILE_TYPES, type FileType } from './file-type'

const MAX_NAME = 80
/** UTF-8. File systems take 255, and programs add to a name: « (1) », « .part ». */
const MAX_NAME_BYTES = 200

/**
 * Makes a name safe for file systems, headers and readers: no folders, no controls, nothing invisible or that changes
 * the direction of the text, no character or name that Windows reserves, no dots or spaces at its ends, composed
 * Unicode (NFC), and short in bytes. The result stays as it is when it is given again.
 */
export function safeFileName(name: string): string {
  if (PLAIN.test(name) && !DEVICE.test(name)) return name
  const visible = name.toWellFormed().normalize('NFC').replace(SPACES, ' ').replace(UNSAFE, '-').replace(INVISIBLE, '')
  const clean = [...visible]
    .map((character) => (RESERVED.test(character.normalize('NFKC')) ? '-' : character))
    .join('')
    .normalize('NFC')
    .replace(SPACES, ' ')
  const trimmed = trimEnds(clean)
  const unreserved = DEVICE.test(trimmed) ? `_${trimmed}` : trimmed
  return shortened(unreserved) || 'document'
}

/** Names that are safe unless they are a device's: most numbers of documents. */
const PLAIN = /^[\w-]{1,150}\.[a-z0-9]{1,5}$/
const SPACES = /[\s\p{Cc}\p{Zs}\u2028\u2029\u2800]+/gu
/** Format characters, direction among them, private and unassigned ones. */
const UNSAFE = /[\p{Cf}\p{Co}\p{Cn}]/gu
/** What programs need not show, such as fillers and variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
/** By compatibility: a fullwidth slash is one for a system that maps it to its own character set. */
const RESERVED = /[\\/:*?"<>|]/
/** Names of devices, whatever their ending (learn.microsoft.com/windows/win32/fileio/naming-a-file). */
const DEVICE = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\.|$)/i

const trimEnds = (name: string): string => name.replace(/^[. ]+|[. ]+$/g, '')

/** Cuts a name between two characters so that it has at most `MAX_NAME_BYTES`, and keeps its ending. */
function shortened(name: string): string {
  if (bytesOf(name) <= MAX_NAME_BYTES) return name
  const [, stem = name, ending = ''] = /^(.+)(\.[a-z0-9]{1,5})$/i.exec(name) ?? []
  let left = MAX_NAME_BYTES - bytesOf(ending)
  let kept = ''
  for (const { segment } of new Intl.Segmenter('en').segment(stem)) {
    left -= bytesOf(segment)
    if (left < 0) break
    kept += segment
  }
  return trimEnds(trimEnds(kept) + ending)
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).byteLength

/** Returns the name without its folders, shortened, with an ending that fits the file's type. */
export function uploadName(name: string, type: FileType): string {
  const { endings } = FILE_TYPES[type]
  const clean = safeFileName(name.split(/[\\/]/).at(-1) ?? '')
  const [, stem = clean, ending = ''] = /^(.+)\.([a-z0-9]{1,5})$/i.exec(clean) ?? []
  const fitting = endings.find((known) => known === ending.toLowerCase()) ?? endings[0]
  return safeFileName(`${[...stem].slice(0, MAX_NAME).join('').trim()}.${fitting}`)
}

/** Returns the Content-Disposition of a download that browsers save and never show (RFC 6266, RFC 8187). */
export function attachmentDisposition(name: string): string {
  if (ASCII.test(name) && !/["\\%]/.test(name)) return `attachment; filename="${name}"`
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encoded}`
}

const ASCII = /^[\x20-\x7e]*$/
/** What ends a quoted string or that browsers decode. */
const QUOTED = /["\\%]/g

/** Returns a name for programs that know ASCII alone: accents go, and of other letters what stands between: « ΤΙΜ-2026-1.pdf » → « 2026-1.pdf ». */
function asciiName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(QUOTED, '_')
  if (ASCII.test(plain)) return plain
  const [, stem = plain, ending = ''] = /^(.*?)(\.[a-z0-9]{1,5})?$/is.exec(plain.replace(/[^\x20-\x7e]+/g, '_')) ?? []
  return `${stem.replace(/^[-_. ]+|[-_. ]+$/g, '') || 'document'}${ending}`
}
