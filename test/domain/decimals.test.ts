import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, parseDecimal, typedDecimal } from '../../src/domain/decimals'

const LOCALES = ['en', 'fr', 'de', 'it', 'es', 'de-CH', 'en-IN']

describe('a typed decimal', () => {
  it.each([
    ['en', '1,234.56', '1234.56'],
    ['en', '1,500', '1500'],
    ['en', '1,5', '1.5'],
    ['en', '1.500', '1.5'],
    ['de', '1.234,56', '1234.56'],
    ['de', '1.500', '1500'],
    ['de', '1.5', '1.5'],
    ['de', '0.500', '0.5'],
    ['de', '1,500', '1.5'],
    ['fr', '1 234,56', '1234.56'],
    ['fr', '1\u202f234\u00a0567,8', '1234567.8'],
    ['fr', '1.500', '1.5'],
    ['it', '1.234.567', '1234567'],
    ['es', '1.234', '1234'],
    ['de-CH', '1’234.50', '1234.5'],
    ['en', '-3', '-3'],
    ['en', '−3.10', '-3.1'],
    ['en', '+3', '3'],
    ['en', '.5', '0.5'],
    ['en', '5.', '5'],
    ['en', '-0', '0'],
    ['en', '007', '7'],
  ])('in %s: %s is %s', (locale, typed, decimal) => {
    expect(parseDecimal(typed, locale)).toBe(decimal)
  })

  it.each([
    '',
    ' ',
    '.',
    '-',
    'abc',
    '1e5',
    '1,23,456.0.1',
    '1.234,567.890',
    '12.34.56',
    '--1',
    '1 €',
    '0x10',
    '9'.repeat(41),
  ])('%s is none', (typed) => {
    expect(parseDecimal(typed, 'en')).toBeUndefined()
  })

  it('comes back from a field as it went in, in every language', () => {
    const decimals = fc
      .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
      .map(([digits, scale]) => canonical(`${digits}e-${scale}`))
    fc.assert(
      fc.property(decimals, fc.constantFrom(...LOCALES), fc.integer({ min: 0, max: 3 }), (decimal, locale, places) => {
        expect(parseDecimal(typedDecimal(decimal, locale, places), locale)).toBe(decimal)
      }),
    )
  })

  it('is read grouped as the language’s own formatter writes it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999_999, max: 999_999_999 }),
        fc.constantFrom('en', 'fr', 'de', 'it', 'es'),
        (cents, locale) => {
          const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(cents / 100)
          expect(parseDecimal(written, locale)).toBe(canonical(`${cents}e-2`))
        },
      ),
    )
  })
})
