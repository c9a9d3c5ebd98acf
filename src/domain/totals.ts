/** Computes the amounts of a document; nothing else does. */
import Big from 'big.js'
import { canonical } from './decimals'
import type { Adjustment, DocumentContent, Line, Totals } from './document'
import { toDecimal, toMinor } from './money'
import { TAX_CATEGORIES, type TaxCategory } from './tax-category'

interface Group {
  category: TaxCategory
  rate: string
  /** Minor units: net, or gross when prices include tax. */
  amount: number
}

/**
 * Computes line amounts, taxes and totals. Each line is rounded to the currency, half away from zero; tax is computed per (category,
 * rate) on the sum of the rounded lines; with tax included, tax = gross × r / (100 + r), so that the total is what the prices say.
 * All results are integer minor units; lines may be negative.
 */
export function computeTotals(content: DocumentContent): Totals {
  const lineAmounts = content.lines.map((line) => lineAmount(line, content.currency))
  const taxes = groupsOf(content, lineAmounts).map((group) => taxOf(group, content.pricesIncludeTax))
  const net = sum(taxes.map((group) => group.base))
  const tax = sum(taxes.map((group) => group.tax))
  return { lineAmounts, taxes, net, tax, total: net + tax }
}

/** Returns the minor units of which an adjustment's percentage is taken: the lines with its tax (EN 16931, BT-93 and BT-100). */
export function adjustmentBase({ lines, currency }: DocumentContent, { taxCategory, taxRate }: Adjustment): number {
  const same = lines.filter((line) => line.taxCategory === taxCategory && new Big(line.taxRate).eq(taxRate))
  return sum(same.map((line) => lineAmount(line, currency)))
}

/** Returns the content with the amounts of all percentages on the whole document computed again. */
export const withShares = (content: DocumentContent): DocumentContent => ({
  ...content,
  adjustments: content.adjustments.map((adjustment) =>
    adjustment.percent === undefined
      ? adjustment
      : { ...adjustment, amount: shareOf(content, adjustment.percent, adjustment) },
  ),
})

function shareOf(content: DocumentContent, percent: string, adjustment: Adjustment): string {
  const share = rounded(new Big(adjustmentBase(content, adjustment)).times(percent).div(100))
  return canonical(toDecimal(share, content.currency))
}

function lineAmount(line: Line, currency: string): number {
  const full = new Big(line.quantity).times(line.unitPrice)
  return toMinor(line.discount ? discounted(full, line.discount) : full, currency)
}

function discounted(full: Big, discount: NonNullable<Line['discount']>): Big {
  if (discount.type === 'amount') return full.minus(discount.value)
  return full.times(new Big(100).minus(discount.value)).div(100)
}

function groupsOf(content: DocumentContent, lineAmounts: number[]): Group[] {
  const groups = new Map<string, Group>()
  const add = (category: TaxCategory, taxRate: string, amount: number) => {
    const rate = canonical(taxRate)
    const group = groups.get(`${category} ${rate}`) ?? { category, rate, amount: 0 }
    group.amount += amount
    groups.set(`${category} ${rate}`, group)
  }
  content.lines.forEach((line, index) => {
    add(line.taxCategory, line.taxRate, lineAmounts[index] ?? 0)
  })
  for (const { type, amount, taxCategory, taxRate } of content.adjustments) {
    const minor = toMinor(amount, content.currency)
    add(taxCategory, taxRate, type === 'charge' ? minor : -minor)
  }
  return [...groups.values()].sort(byRate)
}

function taxOf({ category, rate, amount }: Group, pricesIncludeTax: boolean): Totals['taxes'][number] {
  if (!pricesIncludeTax) return { category, rate, base: amount, tax: rounded(new Big(amount).times(rate).div(100)) }
  const tax = rounded(new Big(amount).times(rate).div(new Big(100).plus(rate)))
  return { category, rate, base: amount - tax, tax }
}

const byRate = (a: Group, b: Group): number =>
  new Big(b.rate).cmp(a.rate) || TAX_CATEGORIES.indexOf(a.category) - TAX_CATEGORIES.indexOf(b.category)

/** Rounds half away from zero; `+ 0` turns −0 into 0. */
const rounded = (value: Big): number => Number(value.round(0, Big.roundHalfUp)) + 0
const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0)
