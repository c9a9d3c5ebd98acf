/** Writes a message for DATA (RFC 5321 4.5.2). */

const encoder = new TextEncoder()
const DOT = encoder.encode('.')
const END = encoder.encode('.\r\n')
const CRLF = encoder.encode('\r\n')

/** Messages up to this size are copied: that takes less time than a second write to a socket. */
const MAX_COPIED_BYTES = 256 * 1024

/**
 * Returns the message with a dot more before each line that begins with one, and a line with a dot alone at the end. A large one comes in
 * pieces that share its memory.
 * @param mime with CRLF
 */
export function dotStuffed(mime: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(mime.buffer, mime.byteOffset, mime.byteLength)
  const pieces: Uint8Array[] = []
  let from = 0
  if (bytes[0] === DOT[0]) pieces.push(DOT)
  for (let at = bytes.indexOf('\n.'); at !== -1; at = bytes.indexOf('\n.', at + 1)) {
    pieces.push(bytes.subarray(from, at + 1), DOT)
    from = at + 1
  }
  pieces.push(bytes.subarray(from))
  if (bytes.at(-1) !== CRLF[1]) pieces.push(CRLF)
  pieces.push(END)
  return mime.length <= MAX_COPIED_BYTES ? [Buffer.concat(pieces)] : pieces
}
