/** Generates documents for property tests: any number of decimals, mixed rates, discounts, charges and allowances. */
import fc from 'fast-check'
import type { Adjustment, DocumentContent, Line } from '../../src/domain/document'
import { contentOf, lineOf } from './documents'

const hundredths = (max: number, min = -max) => fc.integer({ min, max }).map((cents) => String(cents / 100))

const anyTax: fc.Arbitrary<Pick<Line, 'taxCategory' | 'taxRate'>> = fc.oneof(
  fc.constantFrom('20', '5.5', '19.6', '8.1', '33.3333').map((taxRate) => ({ taxCategory: 'S' as const, taxRate })),
  fc.constantFrom('Z', 'E', 'AE', 'K', 'G').map((taxCategory) => ({ taxCategory, taxRate: '0' }) as const),
)

const anyLine: fc.Arbitrary<Line> = fc
  .record({
    quantity: hundredths(10_000),
    unitPrice: hundredths(1_000_000),
    tax: anyTax,
    discount: fc.option(
      fc.constantFrom<Line['discount']>({ type: 'percent', value: '12.5' }, { type: 'amount', value: '3.33' }),
    ),
  })
  .map(({ tax, discount, ...line }) => lineOf({ ...line, ...tax, ...(discount && { discount }) }))

const anyAdjustment: fc.Arbitrary<Adjustment> = fc
  .record({
    type: fc.constantFrom('charge', 'allowance'),
    amount: hundredths(50_000, 0),
    percent: fc.option(fc.constantFrom('10', '2.5')),
    tax: anyTax,
  })
  .map(({ tax, percent, ...adjustment }) => ({
    reason: 'Transport',
    ...adjustment,
    ...(percent && { percent }),
    ...tax,
  }))

export const anyContent: fc.Arbitrary<DocumentContent> = fc
  .record({
    lines: fc.array(anyLine, { maxLength: 12 }),
    adjustments: fc.array(anyAdjustment, { maxLength: 3 }),
    pricesIncludeTax: fc.boolean(),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  })
  .map(contentOf)
