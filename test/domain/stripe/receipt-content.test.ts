import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStripeEvent } from '../../../src/domain/stripe/read-event'
import { contentOfInvoice, type ReceiptContent } from '../../../src/domain/stripe/receipt-content'
import { computeTotals } from '../../../src/domain/totals'

type Json = Record<string, unknown>

const context = {
  rates: [],
  usual: { category: 'S', rate: '20' } as const,
  taxExempt: '',
  shipping: 'Shipping',
  paidOn: '2026-11-24',
}

const inData = (data: Json[]) => ({ object: 'list', has_more: false, data })

const invoiceOf = (total: number, lines: Json[], over: Json = {}): Json => ({
  ...{ id: 'in_1', currency: 'eur', total, created: 1_795_000_000, lines: inData(lines) },
  ...over,
})

function receiptOf(invoice: Json): ReceiptContent {
  const fact = readStripeEvent({ type: 'invoice.paid', data: { object: invoice } })
  if (fact.type !== 'invoice') throw new Error(fact.type)
  return contentOfInvoice(fact, context)
}

const totalsOf = (invoice: Json) => {
  const { content, reason } = receiptOf(invoice)
  const { total, tax, taxes } = computeTotals(content)
  return { reason, total, tax, rates: taxes.map(({ rate }) => rate) }
}

describe('the receipt of an invoice of Stripe’s', () => {
  const taxes = [{ amount: 1805, tax_behavior: 'exclusive', taxability_reason: 'standard_rated' }]
  const taxAmounts = [{ amount: 1805, inclusive: false, tax_rate: 'txr_1' }]

  it('has its tax once if the event has it in both versions', () => {
    const line = { amount: 9025, quantity: 1, description: 'Plan', taxes, tax_amounts: taxAmounts }
    const invoice = invoiceOf(10830, [line], { total_taxes: taxes, total_tax_amounts: taxAmounts, tax: 1805 })
    expect(totalsOf(invoice)).toEqual({ reason: undefined, total: 10830, tax: 1805, rates: ['20'] })
    const inclusive = (tax: Json) => ({ ...tax, tax_behavior: 'inclusive', inclusive: true })
    const within = { ...line, amount: 10830, taxes: taxes.map(inclusive), tax_amounts: taxAmounts.map(inclusive) }
    expect(totalsOf(invoiceOf(10830, [within]))).toMatchObject({ reason: undefined, tax: 1805 })
  })

  it('stays a draft if the tax of the lines and of the whole differ', () => {
    const line = { amount: 12000, quantity: 1, description: 'Plan', tax_amounts: [{ amount: 2000, inclusive: true }] }
    expect(totalsOf(invoiceOf(12000, [line], { tax: 1000 })).reason).toBe('tax_differs')
    // Stripe charged tax on one line only: the account's own tax on the other would be invented.
    const silent = { amount: 12000, quantity: 1, description: 'Fee' }
    expect(totalsOf(invoiceOf(24000, [line, silent], { tax: 2000 })).reason).toBe('tax_differs')
  })

  it.each([
    [[{ percentage: 14.975 }], 14975, '14.975'],
    [[{ percentage: 5 }, { percentage: 9.975 }], 14975, '14.975'],
    [[{ percentage: 8.875 }], 8875, '8.875'],
    [['txr_1'], 14975, '14.975'],
    [['txr_1'], 8875, '8.875'],
    [['txr_1', 'txr_2'], 11313, '11.313'],
  ])('keeps the rate %j with all its decimals', (rates, tax, expected) => {
    const parts = rates.map((tax_rate, index) => ({ tax_rate, inclusive: false, amount: index === 0 ? tax : 0 }))
    const line = { amount: 100_000, quantity: 1, description: 'Plan', tax_amounts: parts }
    expect(totalsOf(invoiceOf(100_000 + tax, [line]))).toEqual({
      ...{ reason: undefined, total: 100_000 + tax, tax },
      rates: [expected],
    })
  })

  it('spreads tax and discount that an old version states only for the whole', () => {
    const lines = [
      { amount: 7000, quantity: 1, description: 'Plan' },
      { amount: 3000, quantity: 1, description: 'Setup' },
    ]
    expect(
      totalsOf(invoiceOf(10810, lines, { tax: 1810, tax_percent: 20.11, discount: { coupon: {} } })),
    ).toMatchObject({
      ...{ reason: undefined, total: 10810, tax: 1810 },
      rates: ['20.11'],
    })
    expect(totalsOf(invoiceOf(12000, lines, { tax: 2000, tax_percent: 20 }))).toMatchObject({
      tax: 2000,
      rates: ['20'],
    })
    expect(totalsOf(invoiceOf(10000, lines, { tax: 1667, tax_percent: 20 }))).toMatchObject({ total: 10000, tax: 1667 })
    expect(totalsOf(invoiceOf(9000, lines)).reason).toBe('total_differs')
  })

  it('has the total that was paid and the tax that was charged, in any version and at any rate, or stays a draft', () => {
    const rate = fc.constantFrom(0, 2.1, 5.5, 7, 8.875, 14.975, 19, 20, 25.5)
    const line = fc.record({
      amount: fc.integer({ min: -500_000, max: 2_000_000 }),
      quantity: fc.integer({ min: 1, max: 12 }),
      discount: fc.integer({ min: 0, max: 500 }),
      rate,
      inclusive: fc.boolean(),
      shape: fc.constantFrom('taxes', 'tax_amounts', 'both'),
    })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (drawn) => {
        let total = 0
        let tax = 0
        const lines = drawn.map(({ amount, quantity, discount, rate, inclusive, shape }) => {
          const base = amount - discount
          const of = Math.round(inclusive ? (base * rate) / (100 + rate) : (base * rate) / 100)
          total += base + (inclusive ? 0 : of)
          tax += of
          const now = [
            { amount: of, tax_behavior: inclusive ? 'inclusive' : 'exclusive', taxability_reason: 'zero_rated' },
          ]
          const before = [{ amount: of, inclusive, taxability_reason: 'zero_rated' }]
          return {
            ...{ amount, quantity, description: 'x', discount_amounts: [{ amount: discount }] },
            ...(shape !== 'tax_amounts' && { taxes: now }),
            ...(shape !== 'taxes' && { tax_amounts: before }),
          }
        })
        const found = totalsOf(invoiceOf(total, lines))
        expect(found.reason ?? 'none').not.toBe('total_differs')
        if (found.reason) return
        expect(found.total).toBe(total)
        expect(Math.abs(found.tax - tax)).toBeLessThanOrEqual(Math.ceil(lines.length / 2) + 1)
      }),
    )
  })
})
