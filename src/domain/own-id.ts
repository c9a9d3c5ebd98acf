/** Checks ids that a request returns: a form contains the id of what it will create, so that sending it twice creates one. */
import { decodeTime } from 'ulid'

/** 26 characters of Crockford's base 32 in lower case; the first holds 3 bits (github.com/ulid/spec). */
const ULID = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/

/** The clocks of two isolates differ by less. */
const AHEAD_MS = 86_400_000

/**
 * Checks whether a text is an id that `Deps.newId` may have made: this prefix and a ULID whose time is not ahead of `now` (epoch ms).
 * Lists and retention go by the time in an id, so a row under any other id would never be listed or never be old enough.
 */
export function isOwnId(prefix: string, text: string, now: number): boolean {
  if (!text.startsWith(`${prefix}_`)) return false
  const ulid = text.slice(prefix.length + 1)
  return ULID.test(ulid) && decodeTime(ulid.toUpperCase()) <= now + AHEAD_MS
}
