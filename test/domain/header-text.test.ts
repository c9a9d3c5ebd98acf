import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayNameText, headerText } from '../../src/domain/header-text'

/** What attackers and odd keyboards put into names, mixed with any text. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('=?', '?=', '=', '?', '＝', '？', '@', '＠', '﹫', '"', '＂', '<', '＜', '\\', '….', 'a', 'é'),
      fc.constantFrom(
        '\u200b',
        '\u200c',
        '\u200d',
        '\u00ad',
        '\u202e',
        '\u2066',
        '\ufeff',
        '\u3164',
        '\u2800',
        '\ufe0f',
      ),
      fc.constantFrom(' ', '\u00a0', '\u3000', '\u2003', '\r\n', '\u2028', '👩', '👩🏽', '💻', 'ن', 'क', '्', '\u0301'),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

describe('a text in a header', () => {
  it.each([
    ['=?utf-8?Q?Bank?=', '= ?utf-8?Q?Bank?='],
    ['=\u200b?utf-8?B?QmFuaw==?=', '= ?utf-8?B?QmFuaw== ?='],
    ['＝？utf-8？Q？Bank？＝', '= ？utf-8？Q？Bank？＝'],
    ['⩴?utf-8?Q?Bank?=', '= ?utf-8?Q?Bank?='],
    ['=⁇', '= ⁇'],
    ['=︖', '= ︖'],
    ['\u{1fc00}\u200d👩🏽', '👩🏽'],
    ['＝\u2800?utf-8?Q?Bank?=', '= ?utf-8?Q?Bank?='],
    ['Invoice\u202e 1\u2069', 'Invoice 1'],
    ['In\u00advo\u200bice', 'Invoice'],
    ['A\u3000\u3000\u00a0 B\u2800C', 'A B C'],
    ['A\u3164B', 'AB'],
  ])('%j', (text, shown) => expect(headerText(text)).toBe(shown))

  it.each([
    'Größe ½ №5',
    '株式会社テスト（東京）',
    'می\u200cخواهم',
    'क्\u200dष',
    '👩🏽\u200d💻 Shop',
    '❤\ufe0f',
    '¿Qué? = así',
  ])('leaves %s as it is', (text) => expect(headerText(text)).toBe(text))

  it('is one visible line without encoded words, whatever it was, and stays as it is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = headerText(text)
        expect(headerText(shown)).toBe(shown)
        expect(shown.isWellFormed()).toBe(true)
        expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]|\s\s|^\s|\s$/u)
        expect(shown.normalize('NFKC')).not.toContain('=?')
        expect(shown.replace(/\u200c|\u200d|\ufe0f/g, '')).not.toMatch(/\p{Default_Ignorable_Code_Point}/u)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a name before an address', () => {
  it.each([
    ['ceo＠bank.example', 'ceo bank.example'],
    ['ceo﹫bank.example', 'ceo bank.example'],
    ['＂Bank＂ ＜x＞', 'Bank x'],
    [`Bank${'\u00a0'.repeat(50)}`, 'Bank'],
    [`Bank${' .'.repeat(40)}`, 'Bank ...'],
    ['Студия „Заря“', 'Студия „Заря“'],
    ['S.A.R.L. A & B', 'S.A.R.L. A & B'],
  ])('%j', (name, shown) => expect(displayNameText(name)).toBe(shown))

  it('never holds an address or a quote, nor a line full of one sign', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const shown = displayNameText(name)
        expect(displayNameText(shown)).toBe(shown)
        expect([...shown].map((character) => character.normalize('NFKC')).join('')).not.toMatch(/[@"<>\\]|=\?/)
        expect(shown).not.toMatch(/([^\p{L}\p{N}\p{M}\s])\1{3}/u)
      }),
      { numRuns: 1000 },
    )
  })
})
