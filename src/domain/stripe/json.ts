/** Reads JSON whose shape depends on the API version. A missing value is empty, never an exception. */

export type Json = Record<string, unknown>

export const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

export const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : [])

/** Of Stripe's paged lists: `{ data: […] }`. */
export const page = (value: unknown): Json[] => list(object(value).data)

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export const whole = (value: unknown): number | undefined => (Number.isSafeInteger(value) ? Number(value) : undefined)

/** The id of something that may be expanded to the whole object. */
export const idOf = (value: unknown): string | undefined => text(value) || text(object(value).id) || undefined

/** The end of the year 9999: the last day that an ISO date with four digits can say. */
const LAST_SECOND = 253_402_300_799

/** Seconds since the epoch → milliseconds; undefined for what is no time of day that a document can bear. */
export const time = (seconds: unknown): number | undefined => {
  const found = whole(seconds)
  return found === undefined || found < 0 || found > LAST_SECOND ? undefined : found * 1000
}
