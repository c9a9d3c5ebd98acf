import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BUILT_IN_LANGUAGES,
  chooseLanguage,
  directionOf,
  languageChain,
  languagesOf,
  localeFor,
  parseLanguageTag,
} from '../../src/domain/languages'
import { languageName } from '../../src/i18n/format'

describe('which language a reader gets', () => {
  const settings = { language: 'fr', languages: ['nl', 'fr', 'de', 'pt-BR', 'de-AT'] }

  it.each([
    ['de', ['de', 'fr', 'nl']],
    ['de-AT', ['de-AT', 'de', 'fr', 'nl']],
    ['DE-at', ['de-AT', 'de', 'fr', 'nl']],
    ['de-CH', ['de', 'fr', 'nl']],
    ['de-Latn-CH', ['de', 'fr', 'nl']],
    ['fr', ['fr', 'nl']],
    ['nl-BE', ['nl', 'fr']],
    // The other way round is no rule: a reader of Portuguese does not get the variant of Brazil.
    ['pt', ['fr', 'nl']],
    ['ja', ['fr', 'nl']],
    ['', ['fr', 'nl']],
  ])('for %j: contact’s, base, default, first', (wanted, chain) => {
    expect(languageChain(settings, wanted)).toEqual(chain)
  })

  it('is the first where the default is not in the list', () => {
    expect(languageChain({ language: 'fr', languages: ['it', 'es'] }, 'de')).toEqual(['it'])
  })

  it('is the only one where one is left', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...BUILT_IN_LANGUAGES, 'pl'), (wanted, language) => {
        expect(chooseLanguage({ language, languages: ['pl'] }, wanted)).toBe('pl')
      }),
    )
  })

  it('is always one of the account’s, each once', () => {
    const tag = fc.constantFrom('en', 'fr', 'de', 'de-AT', 'pt-BR', 'pt', 'zh-Hant-TW', 'zh-Hant', 'x', '', '-', 'e n')
    fc.assert(
      fc.property(
        fc.uniqueArray(tag, { minLength: 1 }),
        tag,
        fc.oneof(tag, fc.string()),
        (languages, language, wanted) => {
          const chain = languageChain({ language, languages }, wanted)
          expect(chain.length).toBeGreaterThan(0)
          expect(new Set(chain).size).toBe(chain.length)
          for (const one of chain) expect(languages).toContain(one)
        },
      ),
    )
  })

  it('is a built-in one in an account that never changed its languages', () => {
    expect(languagesOf({ language: 'fr' })).toEqual(BUILT_IN_LANGUAGES)
    expect(languageChain({ language: 'fr' }, 'es-MX')).toEqual(['es', 'fr', 'en'])
  })

  it('keeps the habits of the reader’s region', () => {
    expect(localeFor('de-CH', 'de')).toBe('de-CH')
    expect(localeFor('ja', 'fr')).toBe('fr')
    expect(localeFor('', 'fr')).toBe('fr')
  })
})

describe('a language tag', () => {
  it.each([
    ['PT-br', 'pt-BR'],
    [' nl ', 'nl'],
    ['zh_hant_tw', 'zh-Hant-TW'],
    ['de-u-nu-arab', 'de'],
    ['sr-latn', 'sr-Latn'],
    ['ca-valencia', 'ca-valencia'],
    ['pl-x-Mine', 'pl-x-mine'],
    ['de-at-u-nu-latn-x-du', 'de-AT-x-du'],
    ['EN-gb', 'en-GB'],
    ['sr-Latn-RS', 'sr-Latn-RS'],
    ['iw', 'he'],
    ['zh-yue-HK', 'yue-HK'],
    ['x-private', undefined],
    ['x', undefined],
    ['', undefined],
    ['dutch!', undefined],
    ['a'.repeat(36), undefined],
  ])('%j is %j', (typed, tag) => {
    expect(parseLanguageTag(typed)).toBe(tag)
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (typed) => void [parseLanguageTag(typed), directionOf(typed)]))
    fc.assert(fc.property(fc.string(), (typed) => void languageName(typed, 'en')))
  })

  it.each(['de-AT-x-du', 'en-x-a', 'sl-rozaj-biske-1994'])('stays what it is: %s', (tag) => {
    const parsed = parseLanguageTag(tag) ?? ''
    expect(parseLanguageTag(parsed)).toBe(parsed)
    expect(() => [
      new Intl.PluralRules(parsed),
      new Intl.NumberFormat(parsed),
      new Intl.DateTimeFormat(parsed),
    ]).not.toThrow()
  })

  it('has a name, also where it says what Intl has no name for', () => {
    expect(languageName('de-AT-x-du', 'en')).toBe('Austrian German (x-du)')
    expect(languageName('de-u-co-phonebk', 'en')).toBe('German (u-co-phonebk)')
    expect(languageName('sr-Latn-RS', 'en')).toBe('Serbian (Latin, Serbia)')
    expect(languageName('not a tag', 'en')).toBe('not a tag')
  })

  it('runs from right to left where its script does', () => {
    expect(['ar', 'he-IL', 'fa', 'ckb', 'az-Arab', 'dv'].map(directionOf)).toEqual(Array(6).fill('rtl'))
    expect(['en', 'az', 'ar-Latn', 'zh-Hant', 'nonsense!'].map(directionOf)).toEqual(Array(5).fill('ltr'))
  })
})
