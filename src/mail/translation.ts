/** The texts of a kind of mail: a merchant's own or, where there is none, ours. */
import type { DocumentKind } from '../domain/document'
import { languageFor, translator } from '../i18n'

/** Liquid variables (`variables.ts`) in both; the body is Markdown. */
export interface Translation {
  subject: string
  body: string
}

/** Ours in the given language, in English for one we don't speak. */
export function builtInTranslation(kind: DocumentKind, language: string): Translation {
  const t = translator(languageFor(language))
  return { subject: t(`mail.${kind}.subject`), body: t(`mail.${kind}.body`) }
}
