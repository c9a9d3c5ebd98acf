/** Renders a notice with the texts of the account that sends it. Preview and delivery use the same function. */

import { fixedLanguageFor, labelsFor } from '../domain/labels'
import { type BuiltInLanguage, type LanguageSettings, languageChain, localeFor } from '../domain/languages'
import type { StoredTranslation, Translation } from '../domain/translation'
import type { RenderedMail } from './mail-input'
import type { Notice } from './notice'
import { renderNotice } from './render-notice'
import { builtInTranslation, translationFor } from './translation'

export interface NoticeReader {
  /** BCP 47. Language of the recipient. */
  language: string
  /** The account's languages, from which one is chosen. */
  languages: LanguageSettings
  /** Texts that the account changed. */
  customTexts: readonly StoredTranslation[]
}

/**
 * Returns the language of the fixed sentences around a text: the text's, or the account's next one that is built in.
 */
export const frameLanguageOf = (languages: LanguageSettings, language: string): BuiltInLanguage =>
  fixedLanguageFor(labelsFor(languageChain(languages, language), []))

/**
 * Returns the rendered notice.
 * @param typed text to try in the reader's language, instead of the saved one; throws where it is invalid
 */
export function writeNotice(
  notice: Notice,
  { language, languages, customTexts }: NoticeReader,
  typed?: Translation,
): RenderedMail {
  const noticeText = typed
    ? { ...typed, language }
    : translationFor(notice.kind, languageChain(languages, language), customTexts)
  const frameLanguage = frameLanguageOf(languages, noticeText.language)
  const languagesOfText = { language: localeFor(language, noticeText.language), frameLanguage }
  try {
    return renderNotice(notice, { ...noticeText, ...languagesOfText })
  } catch (error) {
    // A saved text that is no longer valid must not prevent a notice of a failure, or an invitation.
    if (typed) throw error
    return renderNotice(notice, {
      ...builtInTranslation(notice.kind, frameLanguage),
      ...languagesOfText,
      language: frameLanguage,
    })
  }
}
