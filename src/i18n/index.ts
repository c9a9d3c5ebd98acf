/**
 * Reads the texts of pages, mails and documents. A missing key is a type error, a missing translation falls back to
 * English.
 */
import de from '../../locales/de.json'
import en from '../../locales/en.json'
import es from '../../locales/es.json'
import fr from '../../locales/fr.json'
import it from '../../locales/it.json'
import { BUILT_IN_LANGUAGES, type BuiltInLanguage, isBuiltIn } from '../domain/languages'
import { isUnitCode } from '../domain/units'

export type Language = BuiltInLanguage
export type Key = keyof typeof en
export type Params = Record<string, string | number>
export type Translate = (key: Key, params?: Params) => string

const TEXTS: Record<Language, Record<string, string>> = { en, fr, de, it, es }

/** Returns the built-in language for a BCP 47 tag by its base language, else the fallback. */
export function languageFor(tag: string | undefined, fallback: Language = 'en'): Language {
  const base = (tag ?? '').toLowerCase().split('-')[0] ?? ''
  return isBuiltIn(base) ? base : fallback
}

/** Returns the first built-in language of an Accept-Language header. */
export function languageFromHeader(header: string | undefined): Language {
  const accepted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(';q=')
      return { tag, q: q === undefined ? 1 : Number(q) }
    })
    .sort((a, b) => b.q - a.q)
  const known = accepted.find(({ tag }) => isBuiltIn(tag.toLowerCase().split('-')[0] ?? ''))
  return languageFor(known?.tag)
}

/**
 * Returns a function that reads a text and fills its `{name}`s. Plural forms have separate keys (`.one`, `.other`):
 * see `plural`.
 */
export function translator(language: Language): Translate {
  const texts = TEXTS[language]
  return (key, params) => fill(texts[key] ?? en[key] ?? key, params)
}

/** Returns a text from the locale file without filling it; English if it is not translated, '' for an unknown key. */
export const builtInText = (language: Language, key: string): string => TEXTS[language][key] ?? TEXTS.en[key] ?? ''

const pluralRules = Object.fromEntries(
  BUILT_IN_LANGUAGES.map((language) => [language, new Intl.PluralRules(language)]),
) as Record<Language, Intl.PluralRules>

/** Picks `<key>.one` or `<key>.other` by the language's plural rules. */
export function plural(language: Language, key: string, count: number, params: Params = {}): string {
  const form = pluralRules[language].select(count)
  const texts = TEXTS[language]
  return fill(texts[`${key}.${form}`] ?? texts[`${key}.other`] ?? key, {
    count: count < 1000 ? count : count.toLocaleString(language),
    ...params,
  })
}

/** Returns the name of a unit ('HUR', 2 → 'hours'); an unknown code stays unchanged. */
export const unitName = (language: Language, code: string, quantity: number): string =>
  isUnitCode(code) ? plural(language, `unit.${code}`, quantity) : code

/** Replaces each `{name}` by its value. */
export const fill = (text: string, params?: Params): string =>
  params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text
