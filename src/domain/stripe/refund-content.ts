import Big from 'big.js'
import { creditContent, type DescribeTax, type Taxes } from '../credit-note'
import type { DocumentContent } from '../document'
import { toDecimal } from '../money'
import { sharesOf } from './shares'

/**
 * Returns the content of a credit note for a part of a receipt: one line for each tax, in proportion. Prices include
 * tax, so that its total is what was refunded.
 * @param amount minor units, more than 0 and less than what was charged
 */
export function refundContent(
  original: DocumentContent,
  {
    language,
    amount,
    charged,
    describeTax,
  }: { language: string; amount: number; charged: Taxes; describeTax: DescribeTax },
): DocumentContent {
  const shares = sharesOf(
    amount,
    charged.map(({ base, tax }) => base + tax),
  )
  const lines = charged.flatMap(({ category, rate }, index) => {
    const share = shares[index] ?? 0
    const line = {
      id: `lin_refund_${index + 1}`,
      description: describeTax(category, rate),
      quantity: '1',
      unit: 'C62',
      unitPrice: new Big(toDecimal(share, original.currency)).toFixed(),
      taxRate: rate,
      taxCategory: category,
    }
    return share === 0 ? [] : [line]
  })
  return creditContent({ ...original, pricesIncludeTax: true, adjustments: [], lines }, language)
}
