/** Cuts a mail down to what a report can say. */

/** Reports put what they say first; the returned copy may be as large as the mail was. */
const MAX_MAIL_BYTES = 256 * 1024
/** postal-mime works line by line: a mail of nothing but line breaks would take it seconds. */
const MAX_MAIL_LINES = 8_000

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** Returns the first 256 KB and 8,000 lines, from the first header on. */
export const leadingBytes = (raw: Uint8Array): Uint8Array =>
  firstLines(withoutMailboxLine(withoutEmptyLines(withLineFeeds(raw.subarray(0, MAX_MAIL_BYTES)))))

/** Replaces carriage returns that end lines alone, as in files of old Macs. A mail that has line feeds is left as it is. */
const withLineFeeds = (bytes: Uint8Array): Uint8Array =>
  bytes.includes(LINE_FEED) ? bytes : bytes.map((byte) => (byte === CARRIAGE_RETURN ? LINE_FEED : byte))

function withoutEmptyLines(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== LINE_FEED && byte !== CARRIAGE_RETURN)
  return start > 0 ? bytes.subarray(start) : bytes
}

/** `From sender date`, which mailbox files put before a mail (RFC 4155). */
function withoutMailboxLine(bytes: Uint8Array): Uint8Array {
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
