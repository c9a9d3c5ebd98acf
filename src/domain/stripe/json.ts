/** Reads JSON whose shape depends on the API version. A missing value is empty, never an exception. */

export type Json = Record<string, unknown>

export const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

export const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : [])

/** Returns the items of Stripe's paged lists: `{ data: […] }`. */
export const page = (value: unknown): Json[] => list(object(value).data)

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export const whole = (value: unknown): number | undefined => (Number.isSafeInteger(value) ? Number(value) : undefined)

/** Returns the id of an object, which Stripe may have expanded to the whole object. */
export const idOf = (value: unknown): string | undefined => text(value) || text(object(value).id) || undefined

/** The last second of the year 9999, since an ISO date has four digits for the year. */
const LAST_SECOND = 253_402_300_799

/** Converts seconds since the epoch to milliseconds; undefined for a value that a document can't show as a date. */
export const time = (seconds: unknown): number | undefined => {
  const found = whole(seconds)
  return found === undefined || found < 0 || found > LAST_SECOND ? undefined : found * 1000
}
