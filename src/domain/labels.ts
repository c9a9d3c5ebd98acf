/** Describes labels: the fixed texts on documents, on their pages and around a mail's text; built-in ones, and those that an account changes. */
import { type BuiltInLanguage, baseLanguage, isBuiltIn } from './languages'

/** By key of `locales/*.json`. */
export type LabelTexts = Record<string, string>

/** An account's custom labels in one language; the built-in ones or those of the next language fill the rest. */
export interface StoredLabels {
  language: string
  texts: LabelTexts
  /** Grows with every save. */
  version: number
}

/** Everything that is needed to say a label, whatever anybody changes later: frozen in an issued document. */
export interface Labels {
  /** BCP 47; its plural forms apply. */
  language: string
  /** The built-in language for labels that `texts` lacks. */
  base: BuiltInLanguage
  texts: LabelTexts
}

/** Returns the language of texts that accounts can't change: the reader's base language where it is built in, else that of labels. */
export function fixedLanguageFor({ language, base }: Pick<Labels, 'language' | 'base'>): BuiltInLanguage {
  const readerLanguage = baseLanguage(language)
  return isBuiltIn(readerLanguage) ? readerLanguage : base
}

/**
 * Returns the labels for a reader: each from the first language that has it.
 * @param chain the account's languages for the reader, best first (`languageChain`)
 */
export function labelsFor(chain: readonly string[], storedLabels: readonly StoredLabels[]): Labels {
  const [language = 'en'] = chain
  let texts: LabelTexts = {}
  for (const candidate of chain) {
    texts = { ...storedLabels.find((labels) => labels.language === candidate)?.texts, ...texts }
    if (isBuiltIn(candidate)) return { language, base: candidate, texts }
  }
  const base = baseLanguage(language)
  return { language, base: isBuiltIn(base) ? base : 'en', texts }
}
