import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stripeDecimal } from '../../../src/domain/stripe/amounts'
import { sharesOf } from '../../../src/domain/stripe/shares'

describe('an amount of Stripe’s', () => {
  it.each([
    [1050, 'EUR', '10.5'],
    [1050, 'JPY', '1050'],
    [500, 'KRW', '500'],
    [1050, 'KWD', '1.05'],
    // Currencies without decimals, for which Stripe uses two.
    [1000, 'ISK', '10'],
    [1000, 'UGX', '10'],
    [-1, 'EUR', '-0.01'],
  ])('%i of %s is %s', (amount, currency, decimal) => {
    expect(stripeDecimal(amount, currency)).toBe(decimal)
  })
})

describe('a refund spread over what was charged', () => {
  it('adds up to the last cent, and gives no part more than it was', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (charged, part) => {
        const whole = charged.reduce((sum, weight) => sum + weight, 0)
        fc.pre(whole > 0)
        const amount = Math.round(whole * part)
        const shares = sharesOf(amount, charged)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount)
        for (const [index, share] of shares.entries()) {
          expect(share).toBeGreaterThanOrEqual(0)
          // Bounds are rounded, so a part differs from the exact share by at most one minor unit.
          expect(Math.abs(share - (amount * (charged[index] ?? 0)) / whole)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
