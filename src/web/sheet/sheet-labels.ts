/** Formats a document in its language, not the reader's: with its frozen labels, and dates and numbers of its locale. */
import type { DocumentSnapshot, Totals } from '../../domain/document'
import { type DocumentFormats, documentFormats } from '../../i18n/document-formats'
import { formatDecimal } from '../../i18n/format'
import { builtInLabels, unitLabel } from '../../i18n/labels'

export interface SheetLabels extends DocumentFormats {
  quantity: (decimal: string, unit: string) => string
  /** Returns « 20 % », or why there is no tax. */
  taxRate: (tax: Totals['taxes'][number]) => string
}

export function sheetLabels({ language, labels = builtInLabels(language), currency }: DocumentSnapshot): SheetLabels {
  const locale = Intl.DateTimeFormat.supportedLocalesOf([language])[0] ?? labels.base
  const formats = documentFormats(labels, currency, locale)
  return {
    ...formats,
    quantity: (decimal, unit) => `${formatDecimal(decimal, locale)} ${unitLabel(labels, unit, Number(decimal))}`,
    taxRate: ({ category, rate }) =>
      category === 'S' || category === 'Z' ? formats.percent(rate) : formats.t(`document.taxCategory.${category}`),
  }
}
