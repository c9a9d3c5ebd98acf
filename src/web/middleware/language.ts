/** Sets the language of pages: the browser's, until `findPerson` applies the person's setting. */
import { createMiddleware } from 'hono/factory'
import type { Labels } from '../../domain/labels'
import { isBuiltIn } from '../../domain/languages'
import { type Language, languageFromHeader, type Translate, translator } from '../../i18n'
import { labelTranslator } from '../../i18n/labels'
import type { AppEnv } from '../app-env'

/** The part of a context on which the language is set. */
interface LanguageContext {
  set(key: 'language', language: Language): void
  set(key: 't', t: Translate): void
  set(key: 'labels', labels: Labels): void
}

export const requestLanguage = createMiddleware<AppEnv>(async (c, next) => {
  setLanguage(c, languageFromHeader(c.req.header('Accept-Language')))
  await next()
  c.header('Vary', 'Accept-Language', { append: true })
})

/** Applies a person's setting; an empty or unknown one leaves the browser's language. */
export function applyPersonLanguage(c: LanguageContext, setting: unknown): void {
  if (typeof setting === 'string' && isBuiltIn(setting)) setLanguage(c, setting)
}

/** Sets the labels of a customer's page, which may be custom labels of the merchant. */
export function setLabels(c: LanguageContext, labels: Labels): void {
  c.set('language', labels.base)
  c.set('t', labelTranslator(labels))
  c.set('labels', labels)
}

export function setLanguage(c: LanguageContext, language: Language): void {
  c.set('language', language)
  c.set('t', translator(language))
}
