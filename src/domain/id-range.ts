/** Our ids are a prefix and a ULID, which begins with the moment it was made: a span of time is a range of ids. */

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_CHARS = 10

/** Below every id of this prefix that was made at `epochMs` or later, above all made before. */
export function idFloor(prefix: string, epochMs: number): string {
  let rest = Math.max(0, Math.floor(epochMs))
  let time = ''
  for (let place = 0; place < TIME_CHARS; place++) {
    time = DIGITS.charAt(rest % 32) + time
    rest = Math.floor(rest / 32)
  }
  return `${prefix}_${time}`
}
