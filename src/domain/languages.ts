/** Chooses which of an account's languages a reader gets: one rule for mails, documents and labels. */

/**
 * Languages with built-in texts, in the order in which a new account lists them. The compiler names what another one needs, except its headers
 * of imported columns (`import-columns.ts`) and, in a new script, its characters (`build/slices.ts`). Accounts that never changed their list
 * get it at once.
 */
export const BUILT_IN_LANGUAGES = ['en', 'fr', 'de', 'it', 'es'] as const
export type BuiltInLanguage = (typeof BUILT_IN_LANGUAGES)[number]

export const isBuiltIn = (language: string): language is BuiltInLanguage =>
  (BUILT_IN_LANGUAGES as readonly string[]).includes(language)

/** The account settings about languages. */
export interface LanguageSettings {
  /** The account's default; BCP 47. */
  language: string
  /** The account's languages in their order; absent = the built-in ones. */
  languages?: readonly string[]
}

export const languagesOf = ({ languages }: LanguageSettings): readonly string[] =>
  languages && languages.length > 0 ? languages : BUILT_IN_LANGUAGES

/** Extended language subtags and what they may follow (IANA's registry): each is a language by itself, `zh-yue` → `yue` (RFC 5646, 4.5). */
const EXTENDED = /^(?:ar|kok|lv|ms|sgn|sw|uz|zh)-([a-z]{3}(?:-.*)?)$/i

/**
 * Parses a language tag into its BCP 47 form, without extensions but with private use subtags: `PT-br` → `pt-BR`, `de-x-du` for German
 * with "du". Undefined for what is no language tag, or has only private use subtags.
 */
export function parseLanguageTag(typed: string): string | undefined {
  const tag = typed.trim().replaceAll('_', '-')
  if (tag.length > 35) return undefined
  try {
    const locale = new Intl.Locale(EXTENDED.exec(tag)?.[1] ?? tag)
    return locale.baseName + (/-x-.*$/.exec(locale.toString())?.[0] ?? '')
  } catch {
    return undefined
  }
}

/** ISO 15924 codes of scripts that run from right to left. */
const RIGHT_TO_LEFT = ['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']

/** Returns the direction of a language's script: 'rtl' for `ar` and `az-Arab`, 'ltr' for `az`. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  try {
    return RIGHT_TO_LEFT.includes(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/**
 * Returns the account's languages for a reader who prefers `requested`, best first and never empty: that language, its base language
 * (`de-AT` → `de`), the account's default, the first. A text that is missing in one is looked for in the next.
 */
export function languageChain(settings: LanguageSettings, requested: string): string[] {
  const languages = languagesOf(settings)
  const known = (tag: string) => languages.find((language) => language.toLowerCase() === tag.toLowerCase())
  const candidates = [...selfAndBases(requested), settings.language, ...languages.slice(0, 1)]
  return [...new Set(candidates.map(known).filter((language) => language !== undefined))]
}

/** Returns the language of a mail or document for a reader who prefers `requested`. */
export const chooseLanguage = (settings: LanguageSettings, requested: string): string =>
  languageChain(settings, requested)[0] ?? requested

/** Lists a tag and its shorter forms (RFC 4647, lookup): `zh-Hant-TW`, `zh-Hant`, `zh`. */
function selfAndBases(tag: string): string[] {
  const parts = tag.split('-')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
}

export const baseLanguage = (tag: string): string => (tag.split('-')[0] ?? '').toLowerCase()

/** Returns the locale for dates and amounts: the reader's, with its region, where the chosen language is theirs, else the chosen one. */
export const localeFor = (requested: string, chosen: string): string =>
  baseLanguage(requested) === baseLanguage(chosen) ? requested : chosen
