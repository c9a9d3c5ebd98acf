/** Money, dates and numbers as a reader of a language writes them. Formatters are made once per locale. */
import { minorDigits } from '../domain/money'

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

function once<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const found = cache.get(key) as T | undefined
  if (found) return found
  const made = make()
  cache.set(key, made)
  return made
}

/** 123456, EUR, fr → « 1 234,56 € ». The code instead of the symbol where symbols confuse (USD beside CAD) is the locale's choice. */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency)
  const format = once(
    `money ${locale} ${currency}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  )
  return format.format(amountMinor / 10 ** digits)
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

/** Epoch ms in a zone: « 24 nov. 2026, 14:03 ». */
export function formatTime(epochMs: number, locale: string, timeZone: string): string {
  const format = once(
    `time ${locale} ${timeZone}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
  )
  return format.format(epochMs)
}
