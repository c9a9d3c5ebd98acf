/** Stored contents written as today's rules ask, with the same amounts: what was typed before a rule was checked can still be issued or taken back. */
import { isNegative } from './decimals'
import type { DocumentContent, Line } from './document'

/** No price is negative (EN 16931, BR-27): minus one at fifty is one at minus fifty, to the last cent. */
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

/** What is taxable has a rate (BR-S-5); a standard rate of zero is a zero rate, which has a category of its own. */
export const withZeroRated = <T extends Pick<DocumentContent, 'lines' | 'adjustments'>>(content: T): T => ({
  ...content,
  lines: content.lines.map(zeroRated),
  adjustments: content.adjustments.map(zeroRated),
})

const zeroRated = <T extends Pick<Line, 'taxCategory' | 'taxRate'>>(item: T): T =>
  item.taxCategory === 'S' && Number(item.taxRate) === 0 ? { ...item, taxCategory: 'Z' } : item
