/** Money, dates and numbers as a reader of a language writes them. Formatters are made once per locale. */
import { minorDigits } from '../domain/money'

type Formatter = Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.DisplayNames

const cache = new Map<string, Formatter>()

function once<T extends Formatter>(key: string, make: () => T): T {
  const found = cache.get(key) as T | undefined
  if (found) return found
  const made = make()
  cache.set(key, made)
  return made
}

/** Thousands are always parted, so that amounts in a column look alike (Spanish and Polish part them only from 10 000 on). */
const GROUPED = { useGrouping: 'always' } as const

/** 123456, EUR, fr → « 1 234,56 € ». The code instead of the symbol where symbols confuse (USD beside CAD) is the locale's choice. */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  if (!isCode(currency)) return `${formatAmount(amountMinor, currency, locale)}\u00a0${currency}`
  const digits = minorDigits(currency)
  const format = once(
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

/** Whether `Intl` takes it for a currency; it throws at anything else, and what is stored must be shown all the same. */
const isCode = (currency: string): boolean => /^[A-Za-z]{3}$/.test(currency)

/** The same without the currency, for columns that name it in their head: « 1 234,56 ». */
export function formatAmount(amountMinor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency)
  const format = once(
    `amount ${locale} ${digits}`,
    () => new Intl.NumberFormat(locale, { ...GROUPED, minimumFractionDigits: digits, maximumFractionDigits: digits }),
  )
  return format.format(amountMinor / 10 ** digits)
}

/** A price as it was typed: at least the currency's decimals, at most 6 ('0.125' EUR → « 0,125 »). */
export function formatPrice(decimal: string, currency: string, locale: string): string {
  const digits = minorDigits(currency)
  const format = once(
    `price ${locale} ${digits}`,
    () => new Intl.NumberFormat(locale, { ...GROUPED, minimumFractionDigits: digits, maximumFractionDigits: 6 }),
  )
  return format.format(Number(decimal))
}

/** A percent as a decimal string: '5.5' → « 5,5 % ». */
export function formatPercent(percent: string, locale: string): string {
  const format = once(
    `percent ${locale}`,
    () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }),
  )
  return format.format(Number(percent) / 100)
}

/** A decimal string ('1.50') by locale, without losing or inventing digits: at most 6. */
export function formatDecimal(decimal: string, locale: string): string {
  return once(`decimal ${locale}`, () => new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })).format(
    Number(decimal),
  )
}

/** '2026-11-24' → « 24 novembre 2026 » (long) or « 24/11/2026 » (short). */
export function formatDate(isoDate: string, locale: string, style: 'long' | 'medium' | 'short' = 'long'): string {
  const format = once(
    `date ${locale} ${style}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' }),
  )
  return format.format(Date.parse(`${isoDate}T00:00:00Z`))
}

/** Two ISO dates as one period, without repeating what they share: « 1–30 nov. 2026 ». */
export function formatPeriod(fromIsoDate: string, toIsoDate: string, locale: string): string {
  const format = once(
    `date ${locale} medium`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
  )
  return format.formatRange(Date.parse(`${fromIsoDate}T00:00:00Z`), Date.parse(`${toIsoDate}T00:00:00Z`))
}

/** The name of a month, 1 to 12, standing alone. */
export const formatMonth = (month: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 1))

/** 'DE', fr → « Allemagne »; what is no country code is returned as it is. */
export function countryName(code: string, locale: string): string {
  const names = once(`country ${locale}`, () => new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }))
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code
}

/** Epoch ms in a zone: « 24 nov. 2026, 14:03 ». */
export function formatTime(epochMs: number, locale: string, timeZone: string): string {
  const format = once(
    `time ${locale} ${timeZone}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
  )
  return format.format(epochMs)
}

/** Epoch ms as a day. */
export function formatDay(epochMs: number, locale: string, timeZone: string): string {
  const format = once(
    `day ${locale} ${timeZone}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }),
  )
  return format.format(epochMs)
}

/** EUR, fr → « euro »; what is no currency code is returned as it is. */
export function currencyName(code: string, locale: string): string {
  const names = once(`currency ${locale}`, () => new Intl.DisplayNames(locale, { type: 'currency' }))
  return isCode(code) ? (names.of(code) ?? code) : code
}

/** fr, de → « Französisch »; a language by its own name: `languageName('fr', 'fr')`. */
export function languageName(tag: string, locale: string): string {
  const [base = '', ...more] = tag.split(/(?=-[a-z0-9]-)/i)
  const names = once(`language ${locale}`, () => new Intl.DisplayNames(locale, { type: 'language' }))
  try {
    const name = names.of(base) ?? base
    // Extensions and what is for private use have no names.
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

/** A span in ms, negative for the past: « il y a 3 minutes », « dans 2 heures »; empty beyond a week. */
export function formatRelativeTime(spanMs: number, locale: string): string {
  if (Math.abs(spanMs) > 7 * 86_400_000) return ''
  const [unit, size] = UNITS.find(([, size]) => Math.abs(spanMs) >= size) ?? ['second', 1000]
  return once(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(
    Math.round(spanMs / size),
    unit,
  )
}

/** 1 234 567, fr → « 1,2 Mo ». Below a megabyte in kilobytes of 1000 bytes, never none. */
export function formatBytes(bytes: number, locale: string): string {
  const [unit, size] = bytes < 1_000_000 ? (['kilobyte', 1000] as const) : (['megabyte', 1_000_000] as const)
  const maximumFractionDigits = unit === 'megabyte' ? 1 : 0
  const format = () => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits })
  return once(`bytes ${locale} ${unit}`, format).format(Math.max(unit === 'kilobyte' ? 1 : 0, bytes / size))
}

/** 10, second, fr → « 10 secondes ». */
export const formatUnits = (
  count: number,
  unit: 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year',
  locale: string,
): string =>
  once(
    `unit ${locale} ${unit}`,
    () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
  ).format(count)
