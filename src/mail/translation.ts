/** Finds the text of a kind of mail: the account's or, where there is none, the built-in one. */
import { isBuiltIn } from '../domain/languages'
import { findTranslation, type StoredTranslation, type TextKind, type Translation } from '../domain/translation'
import { languageFor, translator } from '../i18n'
import type { SecurityNotice } from './notice'

/**
 * Kinds of mail, including those whose text can't be changed: sign-in links, security notices, and notices about
 * outages and paused sending.
 */
export type AnyMailKind =
  | TextKind
  | 'sign_in'
  | 'outage'
  | 'outage_over'
  | 'sending_rests'
  | 'sender_lost'
  | 'webhook_disabled'
  | SecurityNotice['kind']

/** Returns the built-in text in a language; in English where the language is not built in. */
export function builtInTranslation(kind: AnyMailKind, language: string): Translation {
  const t = translator(languageFor(language))
  return { subject: t(`mail.${kind}.subject`), body: t(`mail.${kind}.body`) }
}

/** A text and its language. */
export type FoundTranslation = Translation & { language: string }

/**
 * Returns the text to send: that of the first language that has one.
 * @param chain the account's languages for the reader, best first (`languageChain`)
 */
export function translationFor(
  kind: AnyMailKind,
  chain: readonly string[],
  accountTexts: readonly StoredTranslation[],
): FoundTranslation {
  for (const language of chain) {
    const found = findTranslation(accountTexts, language, kind)
    if (found) return { language, subject: found.subject, body: found.body }
    if (isBuiltIn(language)) return { language, ...builtInTranslation(kind, language) }
  }
  return { language: 'en', ...builtInTranslation(kind, 'en') }
}
