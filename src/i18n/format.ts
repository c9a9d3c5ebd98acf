/** Formats money, dates and numbers as a locale writes them. Formatters are made once per locale. */
import { minorDigits } from '../domain/money'

type Formatter = Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.DisplayNames

const cache = new Map<string, Formatter>()

function cached<T extends Formatter>(key: string, make: () => T): T {
  const found = cache.get(key) as T | undefined
  if (found) return found
  const made = make()
  cache.set(key, made)
  return made
}

/**
 * Thousands are always grouped, so that amounts in a column look alike (Spanish and Polish group only from 10 000 on).
 */
const GROUPED = { useGrouping: 'always' } as const

/**
 * Formats 123456, EUR, fr → « 1 234,56 € ». The locale chooses the code where the symbol is ambiguous (USD beside CAD).
 */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  if (!isCode(currency)) return `${formatAmount(amountMinor, currency, locale)}\u00a0${currency}`
  const digits = minorDigits(currency)
  const format = cached(
    `money ${locale} ${currency}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        ...GROUPED,
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  )
  return format.format(amountMinor / 10 ** digits)
}

/** Returns whether `Intl` accepts a text as a currency. It throws for any other text, but pages must show every stored amount. */
const isCode = (currency: string): boolean => /^[A-Za-z]{3}$/.test(currency)

/** Formats an amount without its currency, for columns that name it in their head: « 1 234,56 ». */
export function formatAmount(amountMinor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency)
  const format = cached(
    `amount ${locale} ${digits}`,
    () => new Intl.NumberFormat(locale, { ...GROUPED, minimumFractionDigits: digits, maximumFractionDigits: digits }),
  )
  return format.format(amountMinor / 10 ** digits)
}

/** Formats a price as it was typed: at least the currency's decimals, at most 6 ('0.125' EUR → « 0,125 »). */
export function formatPrice(decimal: string, currency: string, locale: string): string {
  const digits = minorDigits(currency)
  const format = cached(
    `price ${locale} ${digits}`,
    () => new Intl.NumberFormat(locale, { ...GROUPED, minimumFractionDigits: digits, maximumFractionDigits: 6 }),
  )
  return format.format(Number(decimal))
}

/** Formats a percentage given as a decimal string: '5.5' → « 5,5 % ». */
export function formatPercent(percent: string, locale: string): string {
  const format = cached(
    `percent ${locale}`,
    () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }),
  )
  return format.format(Number(percent) / 100)
}

/** Formats a decimal string ('1.50') without adding digits, with at most 6 decimals. */
export function formatDecimal(decimal: string, locale: string): string {
  return cached(`decimal ${locale}`, () => new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })).format(
    Number(decimal),
  )
}

const MAX_DATES = 1_000
/** Formatted dates: what is made on one day shows the same few dates. */
const dates = new Map<string, string>()

/** Formats '2026-11-24' → « 24 novembre 2026 » (long) or « 24/11/2026 » (short). */
export function formatDate(isoDate: string, locale: string, style: 'long' | 'medium' | 'short' = 'long'): string {
  const kind = `date ${locale} ${style}`
  const key = `${kind} ${isoDate}`
  const known = dates.get(key)
  if (known !== undefined) return known
  const format = cached(kind, () => new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' }))
  const formatted = format.format(Date.parse(`${isoDate}T00:00:00Z`))
  if (dates.size >= MAX_DATES) dates.clear()
  dates.set(key, formatted)
  return formatted
}

/** Formats two ISO dates as one period, without repeating what they share: « 1–30 nov. 2026 ». */
export function formatPeriod(fromIsoDate: string, toIsoDate: string, locale: string): string {
  const format = cached(
    `date ${locale} medium`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
  )
  return format.formatRange(Date.parse(`${fromIsoDate}T00:00:00Z`), Date.parse(`${toIsoDate}T00:00:00Z`))
}

/** Returns the name of a month, 1 to 12, as it is written outside of a date. */
export const formatMonth = (month: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 1))

const countryNames = new Map<string, string>()

/** Returns a country's name: 'DE', fr → « Allemagne »; any other text unchanged. A name is kept, since looking one up takes as long as a date. */
export function countryName(code: string, locale: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code
  const key = `${locale} ${code}`
  const names = cached(`country ${locale}`, () => new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }))
  const name = countryNames.get(key) ?? names.of(code) ?? code
  countryNames.set(key, name)
  return name
}

/** Formats epoch ms in a time zone: « 24 nov. 2026, 14:03 ». */
export function formatTime(epochMs: number, locale: string, timeZone: string): string {
  const format = cached(
    `time ${locale} ${timeZone}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
  )
  return format.format(epochMs)
}

/** Formats epoch ms as a day. */
export function formatDay(epochMs: number, locale: string, timeZone: string): string {
  const format = cached(
    `day ${locale} ${timeZone}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }),
  )
  return format.format(epochMs)
}

/** Returns a currency's name: EUR, fr → « euro »; an unknown code unchanged. */
export function currencyName(code: string, locale: string): string {
  const names = cached(`currency ${locale}`, () => new Intl.DisplayNames(locale, { type: 'currency' }))
  return isCode(code) ? (names.of(code) ?? code) : code
}

/** Returns a language's name: fr, de → « Französisch »; in the language itself with `languageName('fr', 'fr')`. */
export function languageName(tag: string, locale: string): string {
  const [base = '', ...more] = tag.split(/(?=-[a-z0-9]-)/i)
  const names = cached(`language ${locale}`, () => new Intl.DisplayNames(locale, { type: 'language' }))
  try {
    const name = names.of(base) ?? base
    // Extensions and private-use subtags have no names.
    return more.length > 0 ? `${name} (${more.join('').slice(1)})` : name
  } catch {
    return tag
  }
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/** Formats a span in ms, negative for the past: « il y a 3 minutes », « dans 2 heures »; empty beyond a week. */
export function formatRelativeTime(spanMs: number, locale: string): string {
  if (Math.abs(spanMs) > 7 * 86_400_000) return ''
  const [unit, size] = UNITS.find(([, size]) => Math.abs(spanMs) >= size) ?? ['second', 1000]
  return cached(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(
    Math.round(spanMs / size),
    unit,
  )
}

/** Formats 1 234 567, fr → « 1,2 Mo ». Below a megabyte in kilobytes of 1000 bytes, at least one. */
export function formatBytes(bytes: number, locale: string): string {
  const [unit, size] = bytes < 1_000_000 ? (['kilobyte', 1000] as const) : (['megabyte', 1_000_000] as const)
  const maximumFractionDigits = unit === 'megabyte' ? 1 : 0
  const format = () => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits })
  return cached(`bytes ${locale} ${unit}`, format).format(Math.max(unit === 'kilobyte' ? 1 : 0, bytes / size))
}

/** Formats 10, second, fr → « 10 secondes ». */
export const formatUnits = (
  count: number,
  unit: 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year',
  locale: string,
): string =>
  cached(
    `unit ${locale} ${unit}`,
    () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
  ).format(count)

/** Capitalises the first letter of a text. */
export const capitalised = (text: string, locale: string): string =>
  text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)

/** Returns the name of a language in the language itself, like « Français ». */
export const nativeName = (tag: string): string => capitalised(languageName(tag, tag), tag)
