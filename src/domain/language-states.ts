/** How far an account's languages are translated. */
import type { AccountTexts } from './account-texts'
import { isBuiltIn, type LanguageSettings, languagesOf } from './languages'
import { findTranslation, TEXT_KINDS, type TextKind } from './translation'

export interface LanguageState {
  language: string
  /** Ours: what the merchant has not written holds as we ship it, so nothing is ever missing. */
  builtIn: boolean
  isDefault: boolean
  /** Texts that are the merchant's own. */
  changed: TextKind[]
  /** Texts that come from another language. */
  missing: TextKind[]
  /** The same of labels, by key. */
  changedLabels: string[]
  missingLabels: string[]
}

/**
 * The account's languages in their order, with what is the merchant's own and what is missing.
 * @param labelKeys all labels that there are
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
