/** The texts of a kind of mail: a merchant's own or, where there is none, ours. */
import { isBuiltIn } from '../domain/languages'
import { findTranslation, type StoredTranslation, type TextKind, type Translation } from '../domain/translation'
import { languageFor, translator } from '../i18n'
import type { SecurityNotice } from './notice'

/**
 * Mails that are made like the others, but that no merchant can word: sign-in links, security notices, outages of the provider, and
 * the rest of an account's sending.
 */
export type WrittenKind = TextKind | 'sign_in' | 'outage' | 'outage_over' | 'sending_rests' | SecurityNotice['kind']

/** Ours in the given language, in English for one we don't speak. */
export function builtInTranslation(kind: WrittenKind, language: string): Translation {
  const t = translator(languageFor(language))
  return { subject: t(`mail.${kind}.subject`), body: t(`mail.${kind}.body`) }
}

/** A text, and the language that it was found in. */
export type FoundTranslation = Translation & { language: string }

/**
 * The text that goes out: of the first language that has one.
 * @param chain the account's languages for the reader, best first (`languageChain`)
 */
export function translationFor(
  kind: WrittenKind,
  chain: readonly string[],
  own: readonly StoredTranslation[],
): FoundTranslation {
  for (const language of chain) {
    const found = findTranslation(own, language, kind)
    if (found) return { language, subject: found.subject, body: found.body }
    if (isBuiltIn(language)) return { language, ...builtInTranslation(kind, language) }
  }
  return { language: 'en', ...builtInTranslation(kind, 'en') }
}
