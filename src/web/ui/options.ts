/** Builds options of selects, named and sorted in the language of the interface. */
import { COUNTRIES } from '../../domain/countries'
import { CURRENCIES } from '../../domain/currencies'
import { BUILT_IN_LANGUAGES, type LanguageSettings, languagesOf } from '../../domain/languages'
import type { Language } from '../../i18n'
import { countryName, currencyName, nativeName } from '../../i18n/format'
import type { Option } from './form'

export const noChoice: Option = { value: '', label: '–' }

export const countryOptions = (language: Language): Option[] =>
  sorted(
    COUNTRIES.map((value) => ({ value, label: countryName(value, language) })),
    language,
  )

export const currencyOptions = (language: Language): Option[] =>
  CURRENCIES.map((value) => ({ value, label: `${value} – ${currencyName(value, language)}` }))

/** Returns the languages of the interface, each named in itself. */
export const languageOptions = (): Option[] => nativeNames(BUILT_IN_LANGUAGES)

/** Returns the languages of an account, each named in itself. */
export const accountLanguageOptions = (settings: LanguageSettings): Option[] => nativeNames(languagesOf(settings))

const nativeNames = (tags: readonly string[]): Option[] => tags.map((value) => ({ value, label: nativeName(value) }))

export const timeZoneOptions = (): Option[] => [
  { value: 'UTC', label: 'UTC' },
  ...Intl.supportedValuesOf('timeZone')
    .filter((value) => value !== 'UTC')
    .map((value) => ({ value, label: value.replaceAll('_', ' ') })),
]

function sorted(options: Option[], language: Language): Option[] {
  const { compare } = new Intl.Collator(language)
  return options.sort((a, b) => compare(a.label, b.label))
}
