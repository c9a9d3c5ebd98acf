import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber, numberFormat, parseNumberPattern } from '../../src/domain/number-pattern'

const written = (pattern: string, date: string, counter: number) => formatNumber(numberFormat(pattern, date), counter)

describe('a number pattern', () => {
  it.each([
    ['INV-{YYYY}-{0000}', '2026-11-24', 42, 'INV-2026-0042'],
    ['{YY}/{000}', '2026-11-24', 7, '26/007'],
    ['{00}', '2026-11-24', 100, '100'],
    ['Rechnung Nr. {0}.{YYYY}', '2027-01-01', 3, 'Rechnung Nr. 3.2027'],
    ['2024-{0000}', '2026-11-24', 5, '2024-0005'],
  ])('%s issued on %s as %i is %s', (pattern, date, counter, number) => {
    expect(parseNumberPattern(pattern, 'DE')).toEqual({ ok: true, value: pattern })
    expect(written(pattern, date, counter)).toBe(number)
  })

  it('starts again with the year only if it has one', () => {
    expect(numberFormat('INV-{YYYY}-{0000}', '2026-11-24').period).toBe('2026')
    expect(numberFormat('INV-{YY}-{0000}', '2026-11-24').period).toBe('2026')
    expect(numberFormat('INV-{0000}', '2026-11-24').period).toBe('')
  })

  it.each([
    ['INV-{YYYY}', 'pattern_no_counter'],
    ['', 'pattern_no_counter'],
    ['{000}-{0}', 'pattern_bad_part'],
    ['{YYYY}-{YY}-{000}', 'pattern_bad_part'],
    ['{MM}-{000}', 'pattern_bad_part'],
    ['INV}{000}', 'pattern_bad_part'],
    ['INV\r\n{000}', 'pattern_bad_character'],
    ['<b>{000}', 'pattern_bad_character'],
    [`${'x'.repeat(40)}{000}`, 'pattern_too_long'],
  ])('%j is refused: %s', (pattern, reason) => {
    expect(parseNumberPattern(pattern, 'DE')).toMatchObject({ ok: false, reason })
  })

  it.each([
    ['FAC-{YYYY}-{0000}', true],
    ['A+b_c/{YY}/{000}', true],
    [`${'A'.repeat(22)}{YYYY}{0000}`, true],
    [`${'A'.repeat(23)}{YYYY}{0000}`, false],
    ['FAC {0000}', false],
    ['FAC.{0000}', false],
    ['N№{0000}', false],
    ['Équipe-{0000}', false],
    ['FAC#{0000}', false],
  ])('%s is fit for French e-invoices: %s', (pattern, fit) => {
    expect(parseNumberPattern(pattern, 'FR').ok).toBe(fit)
    if (!fit)
      expect(parseNumberPattern(pattern, 'FR')).toMatchObject({ reason: 'pattern_french', details: { max: 35 } })
    expect(parseNumberPattern(pattern, 'DE')).toEqual({ ok: true, value: pattern })
    const parsed = parseNumberPattern(pattern, 'FR')
    if (parsed.ok) expect(written(pattern, '2026-11-24', 999_999_999)).toMatch(/^[A-Za-z0-9+_/-]{1,35}$/)
  })

  it('gives every counter a number of its own, in one period', () => {
    const counters = fc.uniqueArray(fc.integer({ min: 1, max: 2_000_000 }), { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(counters, fc.constantFrom('INV-{YYYY}-{0000}', '{0}', '{YY}{00}A'), ([a = 0, b = 0], pattern) => {
        expect(written(pattern, '2026-01-01', a)).not.toBe(written(pattern, '2026-01-01', b))
      }),
    )
  })
})
