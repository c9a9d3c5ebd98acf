/** Reads the times that providers report, which come in every form. */

/** 2026-11-24T10:00:00.1234567Z, with any fraction, offset or none (then UTC), or a space instead of the T. */
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,12})?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** As seconds the year 5138, as milliseconds 1973: what is below counts seconds. */
const SECONDS_BELOW = 100_000_000_000

/** No event is older than the oldest of these services. */
const EARLIEST = Date.UTC(2008, 0)

/**
 * Returns a time in epoch ms: from seconds or milliseconds, ISO 8601 or RFC 5322. What can't be read, lies ahead of `now` or before there was
 * such a service counts as `now`.
 */
export function eventTime(value: unknown, now: number): number {
  const ms = Math.floor(msOf(value))
  return ms >= EARLIEST && ms <= now ? ms : now
}

function msOf(value: unknown): number {
  if (typeof value === 'number') return value < SECONDS_BELOW ? value * 1000 : value
  if (typeof value !== 'string' || value.length > 64) return Number.NaN
  const text = value.trim()
  if (/^\d{1,15}(\.\d{1,12})?$/.test(text)) return msOf(Number(text))
  const iso = ISO.exec(text)
  if (!iso) return Date.parse(text)
  const [, date = '', time = '', fraction = '', offset = 'Z'] = iso
  // Three digits of the fraction are all that a Date holds; an offset needs its minutes and a colon.
  const zone = offset
    .toUpperCase()
    .replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`)
  return Date.parse(`${date}T${time}${fraction.slice(0, 4)}${zone}`)
}
