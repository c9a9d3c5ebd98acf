/** Names of uploaded files, safe for pages, mails and downloads. */
import { FILE_TYPES, type FileType } from './file-type'

const MAX_NAME = 80

/** Removes from a name what a file system or a header can't hold: paths, leading dots, control and reserved characters. */
export function safeFileName(name: string): string {
  const clean = name
    .toWellFormed()
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .replace(/[\\/:*?"<>|\p{Cf}]/gu, '-')
    .replace(/^\.+/, '')
    .trim()
  return clean || 'document'
}

/** Returns the name without its folders, shortened, with an ending that fits the file's type. */
export function uploadName(name: string, type: FileType): string {
  const { endings } = FILE_TYPES[type]
  const clean = safeFileName(name.split(/[\\/]/).at(-1) ?? '')
  const [, stem = clean, ending = ''] = /^(.+)\.([a-z0-9]{1,5})$/i.exec(clean) ?? []
  const fitting = endings.find((known) => known === ending.toLowerCase()) ?? endings[0]
  return `${[...stem].slice(0, MAX_NAME).join('').trim()}.${fitting}`
}

/** Returns the Content-Disposition of a download that browsers save and never show (RFC 6266, RFC 8187). */
export function attachmentDisposition(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
