/** Which of an account's languages a reader gets: one rule for mails, documents and labels. */

/** Those we ship texts for, in the order in which a new account lists them. */
export const BUILT_IN_LANGUAGES = ['en', 'fr', 'de', 'it', 'es'] as const
export type BuiltInLanguage = (typeof BUILT_IN_LANGUAGES)[number]

export const isBuiltIn = (language: string): language is BuiltInLanguage =>
  (BUILT_IN_LANGUAGES as readonly string[]).includes(language)

/** What of an account's settings decides about languages. */
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
 * As BCP 47 writes it, without extensions but with what is for private use: `PT-br` → `pt-BR`, `de-x-du` for a German that says "du".
 * Undefined for what is no language tag, or says nothing but private things.
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

/** ISO 15924, those that run from right to left. */
const RIGHT_TO_LEFT = ['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']

/** How a language is written: `ar` from right to left, `az` from left to right, `az-Arab` not. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  try {
    return RIGHT_TO_LEFT.includes(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/**
 * The account's languages for a reader who would like `wanted`, best first and never empty: that language itself, its base language
 * (`de-AT` → `de`), the account's default, the first. A text that is missing in one is looked for in the next.
 */
export function languageChain(settings: LanguageSettings, wanted: string): string[] {
  const languages = languagesOf(settings)
  const known = (tag: string) => languages.find((language) => language.toLowerCase() === tag.toLowerCase())
  const candidates = [...selfAndBases(wanted), settings.language, ...languages.slice(0, 1)]
  return [...new Set(candidates.map(known).filter((language) => language !== undefined))]
}

/** The language in which a mail or document goes out to a reader who would like `wanted`. */
export const chooseLanguage = (settings: LanguageSettings, wanted: string): string =>
  languageChain(settings, wanted)[0] ?? wanted

/** RFC 4647, lookup: `zh-Hant-TW`, `zh-Hant`, `zh`. */
function selfAndBases(tag: string): string[] {
  const parts = tag.split('-')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
}

export const baseLanguage = (tag: string): string => (tag.split('-')[0] ?? '').toLowerCase()

/** The reader's own regional habits (dates, amounts) where the chosen language is theirs, else the chosen language's. */
export const localeFor = (wanted: string, chosen: string): string =>
  baseLanguage(wanted) === baseLanguage(chosen) ? wanted : chosen
