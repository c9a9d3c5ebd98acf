/** Computes ranges of ids. An id is a prefix and a ULID, which begins with the time it was made: a period of time is a range of ids. */

/** Crockford's base 32 in lower case, as ULIDs use it. */
export const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_CHARS = 10

/** Returns a lower bound of the ids with this prefix that were made at `epochMs` or later; it is above all that were made before. */
export function idFloor(prefix: string, epochMs: number): string {
  let rest = Math.max(0, Math.floor(epochMs))
  let time = ''
  for (let place = 0; place < TIME_CHARS; place++) {
    time = DIGITS.charAt(rest % 32) + time
    rest = Math.floor(rest / 32)
  }
  return `${prefix}_${time}`
}
