/** Checks PDFs that were made elsewhere. */
import { type Refused, refuse } from './result'

export const MAX_PDF_BYTES = 10 * 1024 * 1024
/** Readers look for the end of a file in its last kilobyte (ISO 32000-1, annex H.3.4.4). */
const END_BYTES = 1024

/** Returns why a file is no PDF that can be mailed as a document; undefined if it is one. */
export function pdfRefusal(bytes: Uint8Array): Refused<'pdf_too_large' | 'pdf_invalid' | 'pdf_encrypted'> | undefined {
  if (bytes.length > MAX_PDF_BYTES) return refuse('pdf_too_large', { max: MAX_PDF_BYTES / 1024 / 1024 })
  if (!latin1(bytes.subarray(0, 5)).startsWith('%PDF-')) return refuse('pdf_invalid')
  if (!latin1(bytes.subarray(-END_BYTES)).includes('%%EOF')) return refuse('pdf_invalid')
  // An encrypted file has its Encrypt entry in the clear, in the trailer or in the dictionary of the cross-reference stream.
  return contains(bytes, '/Encrypt') ? refuse('pdf_encrypted') : undefined
}

const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)

/** Returns whether a name stands in the file, and not as the beginning of a longer one. */
function contains(bytes: Uint8Array, name: string): boolean {
  const [first = 0, ...rest] = [...name].map((char) => char.charCodeAt(0))
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    const next = bytes[at + name.length] ?? 0
    if (rest.every((code, index) => bytes[at + 1 + index] === code) && !/[A-Za-z]/.test(String.fromCharCode(next)))
      return true
  }
  return false
}
