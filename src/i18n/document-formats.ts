/** Formats what a document says, in its language: labels as they were frozen in it, dates and numbers by a locale. */
import type { Labels } from '../domain/labels'
import type { Translate } from './'
import { countryName, formatAmount, formatDate, formatMoney, formatPercent, formatPeriod, formatPrice } from './format'
import { labelTranslator } from './labels'

export interface DocumentFormats {
  t: Translate
  /** BCP 47. */
  locale: string
  /** Formats an amount with its currency. */
  money: (minor: number) => string
  /** Formats an amount without its currency. */
  amount: (minor: number) => string
  price: (decimal: string) => string
  percent: (percent: string) => string
  date: (isoDate: string, style?: 'long' | 'medium') => string
  /** Formats two ISO dates as one period. */
  period: (fromIsoDate: string, toIsoDate: string) => string
  country: (code: string) => string
}

export const documentFormats = (labels: Labels, currency: string, locale: string): DocumentFormats => ({
  t: labelTranslator(labels),
  locale,
  money: (minor) => formatMoney(minor, currency, locale),
  amount: (minor) => formatAmount(minor, currency, locale),
  price: (decimal) => formatPrice(decimal, currency, locale),
  percent: (percent) => formatPercent(percent, locale),
  date: (isoDate, style = 'medium') => isoDate && formatDate(isoDate, locale, style),
  period: (from, to) => formatPeriod(from, to, locale),
  country: (code) => countryName(code, locale),
})
