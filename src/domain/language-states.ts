/** Describes which texts of an account's languages are customised or missing. */
import type { AccountTexts } from './account-texts'
import { isBuiltIn, type LanguageSettings, languagesOf } from './languages'
import { findTranslation, TEXT_KINDS, type TextKind } from './translation'

export interface LanguageState {
  language: string
  /** A built-in language: the built-in text applies where the merchant has none, so no text is missing. */
  builtIn: boolean
  isDefault: boolean
  /** Texts that the merchant has customised. */
  changed: TextKind[]
  /** Texts for which another language's is used. */
  missing: TextKind[]
  /** The same for labels, by key. */
  changedLabels: string[]
  missingLabels: string[]
}

/**
 * Returns the account's languages in their order, with what is customised and what is missing.
 * @param labelKeys the keys of all labels
 */
export const languageStates = (
  settings: LanguageSettings,
  accountTexts: AccountTexts,
  labelKeys: readonly string[],
): LanguageState[] =>
  languagesOf(settings).map((language) => {
    const changed = TEXT_KINDS.filter((kind) => findTranslation(accountTexts.texts, language, kind))
    const changedLabels = Object.keys(accountTexts.labels.find((labels) => labels.language === language)?.texts ?? {})
    const builtIn = isBuiltIn(language)
    return {
      language,
      builtIn,
      isDefault: language === settings.language,
      changed,
      missing: builtIn ? [] : TEXT_KINDS.filter((kind) => !changed.includes(kind)),
      changedLabels,
      missingLabels: builtIn ? [] : labelKeys.filter((key) => !changedLabels.includes(key)),
    }
  })
