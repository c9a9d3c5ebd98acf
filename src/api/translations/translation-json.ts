import type { InferInput } from 'valibot'
import { isBuiltIn, type LanguageSettings, languageChain } from '../../domain/languages'
import { findTranslation, type StoredTranslation, type TextKind } from '../../domain/translation'
import { translationFor } from '../../mail/translation'
import type { TranslationJson } from './translation-schemas'

/** Returns the text that applies to a kind of mail in a language, as the API shows it. */
export function translationJson(
  settings: LanguageSettings,
  stored: readonly StoredTranslation[],
  { language, kind }: { language: string; kind: TextKind },
): InferInput<typeof TranslationJson> {
  const { language: textLanguage, subject, body } = translationFor(kind, languageChain(settings, language), stored)
  const isOwn = findTranslation(stored, language, kind) !== undefined
  const source = isOwn ? 'own' : isBuiltIn(language) ? 'built_in' : 'other_language'
  return { language, kind, source, text_language: textLanguage, subject, body }
}
