/** Computes with dates and moments. Dates are ISO texts ('2026-11-24') in an account's time zone; moments are epoch ms. `Intl` knows the zones. */

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const LOCAL_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/
const DAY_MS = 86_400_000

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Returns whether a text is an ISO date that exists, between 1900 and 2999: '2026-02-29' does not. */
export function isIsoDate(text: string): boolean {
  const [, year] = ISO_DATE.exec(text) ?? []
  if (!year || year < '1900' || year > '2999') return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** Returns whether a name is one of the IANA time zone database that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    clockOf(name)
    return true
  } catch {
    return false
  }
}

/** Returns the ISO date at a moment in a zone. */
export const dateIn = (epochMs: number, timeZone: string): string => localDateTime(epochMs, timeZone).slice(0, 10)

/** Adds days to an ISO date: '2026-02-27' + 2 → '2026-03-01'. */
export function addDays(isoDate: string, days: number): string {
  return new Date(Date.parse(`${isoDate}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Returns the local date and time, as an `<input type="datetime-local">` writes it: '2026-11-24T14:03'. */
export const localDateTime = (epochMs: number, timeZone: string): string =>
  new Date(wallTime(epochMs, timeZone)).toISOString().slice(0, 16)

/**
 * Returns the moment (epoch ms) at which a clock in the zone shows `local` ('2026-11-24T14:03'); undefined when that is no date and
 * time. A local time that occurs twice means the first one; one that is skipped moves later by the length of the gap (Temporal's
 * "compatible").
 */
export function epochOf(local: string, timeZone: string): number | undefined {
  if (!LOCAL_DATE_TIME.test(local) || !isIsoDate(local.slice(0, 10))) return undefined
  const wall = Date.parse(`${local}:00Z`)
  if (Number.isNaN(wall)) return undefined
  const before = wall - offsetAt(wall - DAY_MS, timeZone)
  const after = wall - offsetAt(wall + DAY_MS, timeZone)
  const exact = [before, after].filter((epoch) => wallTime(epoch, timeZone) === wall)
  return exact.length > 0 ? Math.min(...exact) : before
}

/** Returns the moment at which a day begins in a zone: midnight, or the first minute after it where the clock skips midnight. */
export const startOfDate = (isoDate: string, timeZone: string): number | undefined =>
  epochOf(`${isoDate}T00:00`, timeZone)

const offsetAt = (epochMs: number, timeZone: string): number => wallTime(epochMs, timeZone) - wholeSeconds(epochMs)
const wholeSeconds = (epochMs: number): number => Math.floor(epochMs / 1000) * 1000

/** Returns the local time as if it were UTC, as epoch ms in whole seconds. */
function wallTime(epochMs: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(epochMs)
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(timeZone, clock)
  return clock
}

/** Returns a moment some months later, or earlier for a negative number; the last day of a shorter month where it lacks the day. Epoch ms, UTC. */
export function addMonths(epochMs: number, months: number): number {
  const date = new Date(epochMs)
  const day = date.getUTCDate()
  date.setUTCMonth(date.getUTCMonth() + months)
  // Six months after 31 August there is no such day, and JavaScript would take one of March.
  if (date.getUTCDate() !== day) date.setUTCDate(0)
  return date.getTime()
}
