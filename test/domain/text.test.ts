import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseEmailAddress } from '../../src/domain/email-addresses'
import { cleanText } from '../../src/domain/text'

const typed = fc.string({
  unit: fc.constantFrom('a', 'é', ' ', '\u00a0', '\t', '\n', '\r', '\u2028', '\f', '\0'),
  maxLength: 40,
})

it('lines lose the blanks at their ends, and the text its empty lines at both', () => {
  expect(cleanText('\n \n  two \u00a0\r\n\n\tblanks\f \n')).toBe('  two\n\n\tblanks')
  fc.assert(
    fc.property(typed, (text) => {
      const clean = cleanText(text)
      expect(clean).not.toMatch(/[^\S\n]$/m)
      expect(clean).not.toMatch(/^\n|\n$/)
      expect(clean.replace(/\s/g, '')).toBe(text.replace(/[\s\0]/g, ''))
      expect(cleanText(clean)).toBe(clean)
    }),
  )
})

it('a megabyte of blanks within a text is read at once', () => {
  const blanks = ' '.repeat(1_000_000)
  expect(cleanText(`a${blanks}b`)).toHaveLength(1_000_002)
  expect(cleanText(`a${'\n'.repeat(1_000_000)}b`)).toHaveLength(1_000_002)
  expect(parseEmailAddress(`a${blanks}b`)).toMatchObject({ ok: false, reason: 'email_too_long' })
})
