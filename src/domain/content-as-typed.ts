/** Formats stored contents as the text of a form's fields. */
import { withPositivePrices } from './current-rules'
import { typedDecimal } from './decimals'
import type { Adjustment, DocumentContent, Line } from './document'
import { minorDigits } from './money'
import { type TypedAdjustment, type TypedContent, type TypedLine, taxOption } from './typed-content'

/** Returns a stored document as a form shows it. Read again it is the same one, unless it was stored with prices below zero. */
export function typedContent(stored: DocumentContent, locale: string): TypedContent {
  const content = withPositivePrices(stored)
  const { adjustments, taxReasons = [], lines, paymentTermsDays, paidOn = '', paymentMethod = '', ...rest } = content
  return {
    ...rest,
    paidOn,
    paymentMethod,
    lines: lines.map((line) => typedLine(line, content.currency, locale)),
    adjustments: adjustments.map((adjustment) => typedAdjustment(adjustment, content.currency, locale)),
    taxReasons: Object.fromEntries(taxReasons.map(({ category, reason, text }) => [category, { reason, text }])),
    paymentTermsDays: String(paymentTermsDays),
  }
}

function typedLine(line: Line, currency: string, locale: string): TypedLine {
  const { discount } = line
  const discountText = () => {
    if (!discount) return ''
    if (discount.type === 'percent') return `${typedDecimal(discount.value, locale)}%`
    return typedDecimal(discount.value, locale, minorDigits(currency))
  }
  return {
    id: line.id,
    description: line.description,
    quantity: typedDecimal(line.quantity, locale),
    unit: line.unit,
    unitPrice: typedDecimal(line.unitPrice, locale, minorDigits(currency)),
    tax: taxOption(line.taxCategory, line.taxRate),
    discount: discountText(),
  }
}

const typedAdjustment = (
  { type, reason, amount, percent, taxCategory, taxRate }: Adjustment,
  currency: string,
  locale: string,
): TypedAdjustment => ({
  type,
  reason,
  amount:
    percent === undefined ? typedDecimal(amount, locale, minorDigits(currency)) : `${typedDecimal(percent, locale)}%`,
  tax: taxOption(taxCategory, taxRate),
})
