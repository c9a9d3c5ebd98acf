/** The language of pages: the browser's, until `requireAccount` knows the person's own. */
import { createMiddleware } from 'hono/factory'
import type { Labels } from '../../domain/labels'
import { isLanguage, type Language, languageFromHeader, type Translate, translator } from '../../i18n'
import { labelTranslator } from '../../i18n/labels'
import type { AppEnv } from '../app-env'

/** The part of a request that its language is set on, signed in or not. */
interface Speaking {
  set(key: 'language', language: Language): void
  set(key: 't', t: Translate): void
  set(key: 'labels', labels: Labels): void
}

export const requestLanguage = createMiddleware<AppEnv>(async (c, next) => {
  setLanguage(c, languageFromHeader(c.req.header('Accept-Language')))
  await next()
  c.header('Vary', 'Accept-Language', { append: true })
})

/** A person's setting; empty or unknown leaves the browser's. */
export function applyPersonLanguage(c: Speaking, setting: unknown): void {
  if (typeof setting === 'string' && isLanguage(setting)) setLanguage(c, setting)
}

/** A customer's page, in the words of the merchant whose document it shows. */
export function setLabels(c: Speaking, labels: Labels): void {
  c.set('language', labels.base)
  c.set('t', labelTranslator(labels))
  c.set('labels', labels)
}

export function setLanguage(c: Speaking, language: Language): void {
  c.set('language', language)
  c.set('t', translator(language))
}
