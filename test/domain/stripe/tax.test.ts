import { describe, expect, it } from 'vitest'
import { taxOf } from '../../../src/domain/stripe/tax'

const context = { currency: 'EUR', taxExempt: 'none', rates: [], usual: undefined }
const line = (gross: string, tax?: { amount: string; reason: string }) => ({
  ...{ description: 'Plan', quantity: 1, gross },
  ...(tax && { tax }),
})
const standard = (amount: string) => ({ amount, reason: 'standard_rated' })

describe('the tax of a line of Stripe’s', () => {
  it.each([
    ['120', '20', 'S', '20'],
    ['10.7', '0.7', 'S', '7'],
    // The credit for the rest of a month when a plan changes.
    ['-60', '-10', 'S', '20'],
    ['-0.12', '-0.02', 'S', '20'],
  ])('of %s with %s is %s %s', (gross, amount, category, rate) => {
    expect(taxOf(line(gross, standard(amount)), context)).toEqual({ category, rate })
  })

  it('is zero with a category, if Stripe gives the reason', () => {
    expect(taxOf(line('100', { amount: '0', reason: 'reverse_charge' }), context)).toMatchObject({ category: 'AE' })
    expect(taxOf(line('100', { amount: '0', reason: 'product_exempt' }), context)).toMatchObject({ category: 'E' })
    expect(taxOf(line('100'), { ...context, taxExempt: 'reverse' })).toMatchObject({ category: 'AE' })
  })

  it('is the account’s if Stripe states none, and undefined while that is not set', () => {
    expect(taxOf(line('100'), { ...context, usual: { category: 'S', rate: '20' } })).toEqual({
      category: 'S',
      rate: '20',
    })
    expect(taxOf(line('100'), context)).toBeUndefined()
  })
})
