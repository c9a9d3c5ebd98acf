/** Formats a document in its language: labels as they were frozen in it, dates and numbers by its locale. */
import type { DocumentSnapshot } from '../domain/document'
import type { Translate } from '../i18n'
import {
  countryName,
  formatAmount,
  formatDate,
  formatDecimal,
  formatMoney,
  formatPercent,
  formatPeriod,
  formatPrice,
} from '../i18n/format'
import { builtInLabels, labelTranslator, unitLabel } from '../i18n/labels'

export interface DocumentLabels {
  t: Translate
  locale: string
  /** Formats an amount with its currency. */
  money: (minor: number) => string
  /** Formats an amount without its currency. */
  amount: (minor: number) => string
  price: (decimal: string) => string
  percent: (percent: string) => string
  quantity: (decimal: string) => string
  unit: (code: string, quantity: string) => string
  date: (isoDate: string, style?: 'long' | 'medium') => string
  period: (fromIsoDate: string, toIsoDate: string) => string
  country: (code: string) => string
}

export function documentLabels({
  language,
  labels = builtInLabels(language),
  currency,
}: DocumentSnapshot): DocumentLabels {
  const locale = drawableLocale(language)
  return {
    t: labelTranslator(labels),
    locale,
    money: (minor) => formatMoney(minor, currency, locale),
    amount: (minor) => formatAmount(minor, currency, locale),
    price: (decimal) => formatPrice(decimal, currency, locale),
    percent: (percent) => formatPercent(percent, locale),
    quantity: (decimal) => formatDecimal(decimal, locale),
    unit: (code, quantity) => unitLabel(labels, code, Number(quantity)),
    date: (isoDate, style = 'medium') => isoDate && formatDate(isoDate, locale, style),
    period: (from, to) => formatPeriod(from, to, locale),
    country: (code) => countryName(code, locale),
  }
}

const DRAWABLE_SCRIPTS = ['Latn', 'Grek', 'Cyrl']

/** Returns whether the PDF fonts have the letters of a language. */
export const isDrawable = (tag: string): boolean => drawableLocale(tag, '') !== ''

/**
 * Returns a locale whose months and digits the PDF fonts can draw: the tag's, or `otherwise` where it uses another
 * script.
 */
function drawableLocale(tag: string, otherwise = 'en'): string {
  try {
    const locale = new Intl.Locale(tag)
    return DRAWABLE_SCRIPTS.includes(locale.maximize().script ?? '') ? locale.baseName : otherwise
  } catch {
    return otherwise
  }
}
