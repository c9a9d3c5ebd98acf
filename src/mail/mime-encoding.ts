/** Encodes text and files for mail (Content-Transfer-Encoding, RFC 2045). */

const CR = 13
const LF = 10
const EQUALS = 61
const HEX = new TextEncoder().encode('0123456789ABCDEF')
/** One less than the allowed 76, for the `=` of a soft line break. */
const MAX_LINE = 75

const LITERAL = 1
const BLANK = 2
/**
 * What each byte needs: printable ASCII except `=` stays as it is, and so do blanks except at a line's end, where servers may drop them.
 */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 32 || byte === 9) return BLANK
  return byte > 32 && byte < 127 && byte !== EQUALS ? LITERAL : 0
})

/** Encodes a text with LF line ends as quoted-printable with CRLF. */
export function quotedPrintable(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  const out = new Uint8Array(bytes.length * 3 + Math.ceil((bytes.length * 3) / (MAX_LINE - 2)) * 3)
  const last = bytes.length - 1
  let length = 0
  let column = 0
  for (let i = 0; i <= last; i++) {
    const byte = bytes[i] as number
    const kind = KINDS[byte]
    if (byte === LF) {
      out[length++] = CR
      out[length++] = LF
      column = 0
      continue
    }
    const literal = kind === LITERAL || (kind === BLANK && i < last && bytes[i + 1] !== LF)
    column += literal ? 1 : 3
    if (column > MAX_LINE) {
      out[length++] = EQUALS
      out[length++] = CR
      out[length++] = LF
      column = literal ? 1 : 3
    }
    if (literal) out[length++] = byte
    else {
      out[length++] = EQUALS
      out[length++] = HEX[byte >> 4] as number
      out[length++] = HEX[byte & 15] as number
    }
  }
  return out.subarray(0, length)
}

const LINE_BYTES = 57
/** Lines encoded at once: the text of a whole file would be in memory several times. */
const LINES_AT_ONCE = 2048

/** Encodes bytes as base64 in lines of 76 characters. */
export function base64(bytes: Uint8Array): Uint8Array {
  const characters = Math.ceil(bytes.length / 3) * 4
  const out = new Uint8Array(characters + 2 * Math.max(0, Math.ceil(characters / 76) - 1))
  const encoder = new TextEncoder()
  let at = 0
  for (let from = 0; from < bytes.length; from += LINE_BYTES * LINES_AT_ONCE) {
    const encoded = bytes.subarray(from, from + LINE_BYTES * LINES_AT_ONCE).toBase64()
    const lines: string[] = from > 0 ? [''] : []
    for (let i = 0; i < encoded.length; i += 76) lines.push(encoded.slice(i, i + 76))
    at += encoder.encodeInto(lines.join('\r\n'), out.subarray(at)).written
  }
  return out
}
