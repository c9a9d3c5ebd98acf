/**
 * Formats a document in its language, not the reader's: with its frozen labels, and dates and numbers of its locale.
 */
import type { DocumentSnapshot, Totals } from '../../domain/document'
import type { Translate } from '../../i18n'
import {
  countryName,
  formatAmount,
  formatDate,
  formatDecimal,
  formatMoney,
  formatPercent,
  formatPeriod,
  formatPrice,
} from '../../i18n/format'
import { builtInLabels, labelTranslator, unitLabel } from '../../i18n/labels'

export interface SheetLabels {
  t: Translate
  /** BCP 47. */
  locale: string
  /** Formats an amount with the currency. */
  money: (minor: number) => string
  /** Formats an amount without the currency. */
  amount: (minor: number) => string
  price: (decimal: string) => string
  percent: (percent: string) => string
  quantity: (decimal: string, unit: string) => string
  date: (isoDate: string) => string
  /** Formats one day, or a period. */
  supply: (fromIsoDate: string, toIsoDate: string) => string
  country: (code: string) => string
  /** Returns « 20 % », or why there is no tax. */
  taxRate: (tax: Totals['taxes'][number]) => string
}

export function sheetLabels({ language, labels = builtInLabels(language), currency }: DocumentSnapshot): SheetLabels {
  const t = labelTranslator(labels)
  const locale = Intl.DateTimeFormat.supportedLocalesOf([language])[0] ?? labels.base
  const percent = (rate: string) => formatPercent(rate, locale)
  return {
    t,
    locale,
    money: (minor) => formatMoney(minor, currency, locale),
    amount: (minor) => formatAmount(minor, currency, locale),
    price: (decimal) => formatPrice(decimal, currency, locale),
    percent,
    quantity: (decimal, unit) => `${formatDecimal(decimal, locale)} ${unitLabel(labels, unit, Number(decimal))}`,
    date: (isoDate) => isoDate && formatDate(isoDate, locale, 'medium'),
    supply: (from, to) =>
      to && to !== from ? formatPeriod(from, to, locale) : from && formatDate(from, locale, 'medium'),
    country: (code) => countryName(code, locale),
    taxRate: ({ category, rate }) =>
      category === 'S' || category === 'Z' ? percent(rate) : t(`document.taxCategory.${category}`),
  }
}
