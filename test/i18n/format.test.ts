import { expect, test } from 'vitest'
import { BUILT_IN_LANGUAGES } from '../../src/domain/languages'
import { UNIT_CODES } from '../../src/domain/units'
import { unitName } from '../../src/i18n'
import { countryName, formatAmount, formatPercent, formatPeriod, formatPrice } from '../../src/i18n/format'

const plain = (text: string) => text.replace(/[\u2009\u202f\u00a0]/g, ' ')

test('amounts keep the decimals of their currency', () => {
  expect(formatAmount(123456, 'EUR', 'de')).toBe('1.234,56')
  expect(formatAmount(123456, 'JPY', 'en')).toBe('123,456')
  expect(formatAmount(123456, 'KWD', 'en')).toBe('123.456')
})

test('prices keep what was typed, and at least the decimals of their currency', () => {
  expect(formatPrice('0.125', 'EUR', 'de')).toBe('0,125')
  expect(formatPrice('12', 'EUR', 'en')).toBe('12.00')
})

test('percents and periods follow the language', () => {
  expect(plain(formatPercent('5.5', 'fr'))).toBe('5,5 %')
  expect(formatPercent('20', 'en')).toBe('20%')
  expect(plain(formatPeriod('2026-11-01', '2026-11-30', 'de'))).toBe('01.–30.11.2026')
})

test('an unknown country code is shown unchanged', () => {
  expect(countryName('DE', 'fr')).toBe('Allemagne')
  expect(countryName('nowhere', 'fr')).toBe('nowhere')
})

test('every unit has a name in every language, and follows the quantity', () => {
  for (const language of BUILT_IN_LANGUAGES)
    for (const code of UNIT_CODES) expect(unitName(language, code, 2)).not.toContain('unit.')
  expect(unitName('en', 'HUR', 1)).toBe('hour')
  expect(unitName('en', 'HUR', 1.5)).toBe('hours')
  expect(unitName('en', 'X99', 1)).toBe('X99')
})
