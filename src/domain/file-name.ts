/** Names of uploaded files: what people see, mails carry and browsers save. */
import { FILE_TYPES, type FileType } from './file-type'

const MAX_NAME = 80

/** No path, nothing hidden, nothing a file system or a header would trip over. */
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

/** The name without its folders, short, and with an ending that fits what the file is. */
export function uploadName(name: string, type: FileType): string {
  const { endings } = FILE_TYPES[type]
  const clean = safeFileName(name.split(/[\\/]/).at(-1) ?? '')
  const [, stem = clean, ending = ''] = /^(.+)\.([a-z0-9]{1,5})$/i.exec(clean) ?? []
  const fitting = endings.find((one) => one === ending.toLowerCase()) ?? endings[0]
  return `${[...stem].slice(0, MAX_NAME).join('').trim()}.${fitting}`
}

/** For a download, never to be shown in the browser (RFC 6266, RFC 8187). */
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
