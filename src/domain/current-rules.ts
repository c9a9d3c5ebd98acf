/** Rewrites stored contents by current rules with the same amounts, so that older ones can still be issued or credited. */
import { isNegative } from './decimals'
import type { DocumentContent, Line } from './document'

/** Moves the sign of negative prices to the quantity: no price is negative (EN 16931, BR-27), and the amount is the same. */
export const withPositivePrices = (content: DocumentContent): DocumentContent =>
  content.lines.some(({ unitPrice }) => isNegative(unitPrice))
    ? { ...content, lines: content.lines.map(positivePrice) }
    : content

function positivePrice(line: Line): Line {
  const { quantity, unitPrice } = line
  if (!isNegative(unitPrice)) return line
  return {
    ...line,
    unitPrice: unitPrice.slice(1),
    quantity: quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`,
  }
}

/** Turns standard rates of zero into category Z: category S needs a rate above zero (EN 16931, BR-S-5). */
export const withZeroRated = <T extends Pick<DocumentContent, 'lines' | 'adjustments'>>(content: T): T => ({
  ...content,
  lines: content.lines.map(zeroRated),
  adjustments: content.adjustments.map(zeroRated),
})

const zeroRated = <T extends Pick<Line, 'taxCategory' | 'taxRate'>>(item: T): T =>
  item.taxCategory === 'S' && Number(item.taxRate) === 0 ? { ...item, taxCategory: 'Z' } : item
