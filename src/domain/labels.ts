/** The words on documents, their pages and around a mail's text: ours, with what the merchant says differently. */
import { type BuiltInLanguage, baseLanguage, isBuiltIn } from './languages'

/** By key of `locales/*.json`. */
export type LabelTexts = Record<string, string>

/** What a merchant has written in one language; where there is nothing, ours holds or that of the next language. */
export interface StoredLabels {
  language: string
  texts: LabelTexts
  /** Grows with every save. */
  version: number
}

/** Everything that is needed to say a label, whatever anybody changes later: frozen in an issued document. */
export interface Labels {
  /** BCP 47: whose plural forms hold. */
  language: string
  /** Ours, for what `texts` does not say. */
  base: BuiltInLanguage
  texts: LabelTexts
}

/** In which language our sentences stand that nobody can word: the reader's own or its base where we speak it, else as labels do. */
export function fixedLanguageFor({ language, base }: Pick<Labels, 'language' | 'base'>): BuiltInLanguage {
  const own = baseLanguage(language)
  return isBuiltIn(own) ? own : base
}

/**
 * The words for a reader: of each label the first language that has it.
 * @param chain the account's languages for the reader, best first (`languageChain`)
 */
export function labelsFor(chain: readonly string[], own: readonly StoredLabels[]): Labels {
  const [language = 'en'] = chain
  let texts: LabelTexts = {}
  for (const one of chain) {
    texts = { ...own.find((labels) => labels.language === one)?.texts, ...texts }
    if (isBuiltIn(one)) return { language, base: one, texts }
  }
  const base = baseLanguage(language)
  return { language, base: isBuiltIn(base) ? base : 'en', texts }
}
