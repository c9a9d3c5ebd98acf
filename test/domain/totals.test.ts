import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentContent, Line } from '../../src/domain/document'
import { computeTotals } from '../../src/domain/totals'
import { contentOf, lineOf } from '../support/documents'

describe('worked examples', () => {
  it('EUR: each line is rounded, tax is computed once per rate on their sum', () => {
    const content = contentOf({
      lines: [
        lineOf({ quantity: '3', unitPrice: '33.333', taxRate: '20' }), // 99.999 → 100.00
        lineOf({ quantity: '1.5', unitPrice: '0.99', taxRate: '20' }), // 1.485 → 1.49
        lineOf({ quantity: '7', unitPrice: '1.15', taxRate: '5.5' }), // 8.05
        lineOf({ quantity: '1', unitPrice: '40', taxRate: '0', taxCategory: 'E' }),
      ],
    })
    expect(computeTotals(content)).toEqual({
      lineAmounts: [10000, 149, 805, 4000],
      taxes: [
        { category: 'S', rate: '20', base: 10149, tax: 2030 }, // 20.298
        { category: 'S', rate: '5.5', base: 805, tax: 44 }, // 0.44275
        { category: 'E', rate: '0', base: 4000, tax: 0 },
      ],
      net: 14954,
      tax: 2074,
      total: 17028,
    })
  })

  it('EUR with tax included: the total is what the prices say', () => {
    const content = contentOf({
      pricesIncludeTax: true,
      lines: [
        lineOf({ quantity: '3', unitPrice: '9.99', taxRate: '19' }), // 29.97
        lineOf({ quantity: '1', unitPrice: '4.50', taxRate: '7' }),
      ],
    })
    expect(computeTotals(content)).toEqual({
      lineAmounts: [2997, 450],
      taxes: [
        { category: 'S', rate: '19', base: 2518, tax: 479 }, // 29.97 × 19 / 119 = 4.7851…
        { category: 'S', rate: '7', base: 421, tax: 29 }, // 4.50 × 7 / 107 = 0.2943…
      ],
      net: 2939,
      tax: 508,
      total: 3447,
    })
  })

  it('JPY has no decimals', () => {
    const content = contentOf({
      currency: 'JPY',
      lines: [
        lineOf({ quantity: '2.5', unitPrice: '333', taxRate: '10' }), // 832.5 → 833
        lineOf({ quantity: '1', unitPrice: '105', taxRate: '8' }),
      ],
    })
    expect(computeTotals(content)).toEqual({
      lineAmounts: [833, 105],
      taxes: [
        { category: 'S', rate: '10', base: 833, tax: 83 },
        { category: 'S', rate: '8', base: 105, tax: 8 },
      ],
      net: 938,
      tax: 91,
      total: 1029,
    })
  })

  it('KWD has three', () => {
    const content = contentOf({
      currency: 'KWD',
      lines: [lineOf({ quantity: '3', unitPrice: '1.2345', taxRate: '5' })], // 3.7035 → 3.704
    })
    expect(computeTotals(content)).toMatchObject({ lineAmounts: [3704], net: 3704, tax: 185, total: 3889 })
  })

  it('subtracts discounts from a line before it is rounded', () => {
    const content = contentOf({
      lines: [
        lineOf({ quantity: '3', unitPrice: '9.99', taxRate: '0', discount: { type: 'percent', value: '12.5' } }), // 26.22375
        lineOf({ quantity: '1', unitPrice: '10', taxRate: '0', discount: { type: 'amount', value: '0.50' } }),
      ],
    })
    expect(computeTotals(content).lineAmounts).toEqual([2622, 950])
  })

  it('adds charges and allowances of the document to the base of their rate', () => {
    const adjustment = { reason: 'Transport', taxCategory: 'S', taxRate: '20.0' } as const
    const content = contentOf({
      lines: [lineOf({ quantity: '1', unitPrice: '100', taxRate: '20' })],
      adjustments: [
        { ...adjustment, type: 'charge', amount: '12.345' },
        { ...adjustment, type: 'allowance', amount: '5' },
      ],
    })
    expect(computeTotals(content)).toMatchObject({
      taxes: [{ category: 'S', rate: '20', base: 10735, tax: 2147 }],
      total: 12882,
    })
  })

  it('rounds half away from zero, on either side of it', () => {
    const content = contentOf({
      lines: [
        lineOf({ quantity: '1', unitPrice: '0.005', taxRate: '0' }),
        lineOf({ quantity: '-1', unitPrice: '0.005', taxRate: '0' }),
        lineOf({ quantity: '-1', unitPrice: '0.004', taxRate: '0' }),
      ],
    })
    expect(computeTotals(content).lineAmounts).toEqual([1, -1, 0])
  })

  it('of nothing are nothing', () => {
    expect(computeTotals(contentOf({ lines: [] }))).toEqual({ lineAmounts: [], taxes: [], net: 0, tax: 0, total: 0 })
  })
})

describe('always', () => {
  const hundredths = (max: number) => fc.integer({ min: -max, max }).map((cents) => String(cents / 100))
  const anyLine = fc.record({
    quantity: hundredths(10_000),
    unitPrice: hundredths(1_000_000),
    taxRate: fc.constantFrom('20', '5.5', '19.6', '0', '33.3333'),
    taxCategory: fc.constantFrom<Line['taxCategory']>('S', 'E'),
    discount: fc.option(
      fc.constantFrom<Line['discount']>({ type: 'percent', value: '12.5' }, { type: 'amount', value: '3.33' }),
      {
        nil: undefined,
      },
    ),
  })
  const anyContent: fc.Arbitrary<DocumentContent> = fc
    .record({
      lines: fc.array(anyLine, { maxLength: 12 }),
      pricesIncludeTax: fc.boolean(),
      currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    })
    .map(({ lines, ...rest }) =>
      contentOf({
        ...rest,
        lines: lines.map(({ discount, ...line }) => lineOf({ ...line, ...(discount ? { discount } : {}) })),
      }),
    )
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

  it('net + tax = total, in the groups as in the sum, in whole minor units', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const { taxes, net, tax, total, lineAmounts } = computeTotals(content)
        expect(net + tax).toBe(total)
        expect(sum(taxes.map((group) => group.base))).toBe(net)
        expect(sum(taxes.map((group) => group.tax))).toBe(tax)
        for (const amount of [net, tax, total, ...lineAmounts]) expect(Number.isSafeInteger(amount)).toBe(true)
      }),
    )
  })

  it('the lines add up to the net, or to the total when prices include tax', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const { lineAmounts, net, total } = computeTotals(content)
        expect(sum(lineAmounts)).toBe(content.pricesIncludeTax ? total : net)
      }),
    )
  })

  it('the order of the lines changes nothing', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const { lineAmounts: _, ...totals } = computeTotals(content)
        const { lineAmounts: __, ...reversed } = computeTotals({ ...content, lines: content.lines.toReversed() })
        expect(reversed).toEqual(totals)
      }),
    )
  })

  it('a document with every quantity negated has negated totals', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const plain = content.lines.map(({ discount: _, ...line }) => line)
        const credit = plain.map((line) => ({ ...line, quantity: String(-Number(line.quantity)) }))
        expect(computeTotals({ ...content, lines: credit }).total).toBe(
          -computeTotals({ ...content, lines: plain }).total + 0,
        )
      }),
    )
  })
})
