/** A notice in the words of the account that it comes from: one function for what is sent and for its preview. */

import { fixedLanguageFor, labelsFor } from '../domain/labels'
import { type BuiltInLanguage, type LanguageSettings, languageChain, localeFor } from '../domain/languages'
import type { StoredTranslation, Translation } from '../domain/translation'
import type { RenderedMail } from './mail-input'
import type { Notice } from './notice'
import { renderNotice } from './render-notice'
import { builtInTranslation, translationFor } from './translation'

export interface NoticeReader {
  /** BCP 47: of the person who reads it. */
  language: string
  /** The account's languages, by whose rule one is found. */
  languages: LanguageSettings
  /** The account's own texts. */
  own: readonly StoredTranslation[]
}

/** In which language Facteur's own sentences stand around a text: the text's own, or the account's next one that we speak. */
export const frameLanguageOf = (languages: LanguageSettings, language: string): BuiltInLanguage =>
  fixedLanguageFor(labelsFor(languageChain(languages, language), []))

/** @param typed words to try in the reader's language, instead of those that hold; whatever is wrong with them throws */
export function writeNotice(
  notice: Notice,
  { language, languages, own }: NoticeReader,
  typed?: Translation,
): RenderedMail {
  const noticeText = typed
    ? { ...typed, language }
    : translationFor(notice.kind, languageChain(languages, language), own)
  const frameLanguage = frameLanguageOf(languages, noticeText.language)
  const spoken = { language: localeFor(language, noticeText.language), frameLanguage }
  try {
    return renderNotice(notice, { ...noticeText, ...spoken })
  } catch (error) {
    // A text that was sound when it was saved must not keep anybody from hearing of a failure, or from getting in.
    if (typed) throw error
    return renderNotice(notice, {
      ...builtInTranslation(notice.kind, frameLanguage),
      ...spoken,
      language: frameLanguage,
    })
  }
}
