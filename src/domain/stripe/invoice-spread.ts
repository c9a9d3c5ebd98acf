/** Spreads tax and discount over the lines of invoices from old API versions, which state them only for the whole invoice. */
import { totalTaxOf } from './invoice-lines'
import { type Json, list, object, page, whole } from './json'
import { sharesOf } from './shares'

/** Returns the lines of an invoice. If only the whole invoice has tax or discounts, each line gets its share. */
export function withSpread(invoice: Json): Json[] {
  const lines = page(invoice.lines)
  const amounts = lines.map(({ amount }) => whole(amount) ?? 0)
  const sum = amounts.reduce((all, amount) => all + amount, 0)
  const tax = totalTaxOf(invoice) ?? 0
  const isDetailed = lines.some((line) =>
    ['taxes', 'tax_amounts', 'discount_amounts'].some((of) => list(line[of]).length > 0),
  )
  const total = whole(invoice.total)
  if (isDetailed || sum <= 0 || total === undefined || amounts.some((amount) => amount < 0)) return lines
  const inclusive = tax !== 0 && sum === total
  const discount = inclusive ? 0 : sum + tax - total
  if (discount !== 0 && !isDiscounted(invoice)) return lines
  const discounts = sharesOf(discount, amounts)
  const taxes = sharesOf(tax, amounts)
  return lines.map((line, index) => ({
    ...line,
    ...(discount !== 0 && { discount_amounts: [{ amount: discounts[index] }] }),
    ...(tax !== 0 && {
      tax_amounts: [{ amount: taxes[index], inclusive, tax_rate: { percentage: invoice.tax_percent } }],
    }),
  }))
}

const isDiscounted = ({ discount, total_discount_amounts }: Json): boolean =>
  list(total_discount_amounts).length > 0 || Object.keys(object(discount)).length > 0
