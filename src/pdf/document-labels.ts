/** Formats a document in its language, as far as the PDF fonts can draw it. */
import type { DocumentSnapshot } from '../domain/document'
import { type DocumentFormats, documentFormats } from '../i18n/document-formats'
import { formatDecimal } from '../i18n/format'
import { builtInLabels, unitLabel } from '../i18n/labels'

export interface DocumentLabels extends DocumentFormats {
  quantity: (decimal: string) => string
  unit: (code: string, quantity: string) => string
}

export function documentLabels({
  language,
  labels = builtInLabels(language),
  currency,
}: DocumentSnapshot): DocumentLabels {
  const locale = localeOf(language)
  return {
    ...documentFormats(labels, currency, locale),
    quantity: (decimal) => formatDecimal(decimal, locale),
    unit: (code, quantity) => unitLabel(labels, code, Number(quantity)),
  }
}

const DRAWABLE_SCRIPTS = ['Latn', 'Grek', 'Cyrl']

/** Returns whether the PDF fonts have the letters of a language. */
export const isDrawable = (tag: string): boolean => drawableLocale(tag, '') !== ''

const locales = new Map<string, string>()

/** Returns the locale for a language's dates and amounts. It is kept, since `Intl` takes a tag apart as slowly as it formats a date. */
function localeOf(language: string): string {
  const locale = locales.get(language) ?? drawableLocale(language)
  locales.set(language, locale)
  return locale
}

/**
 * Returns a locale whose months and digits the PDF fonts can draw: the tag's, or `otherwise` where it uses another
 * script.
 */
function drawableLocale(tag: string, otherwise = 'en'): string {
  try {
    const locale = new Intl.Locale(tag)
    return DRAWABLE_SCRIPTS.includes(locale.maximize().script ?? '') ? locale.baseName : otherwise
  } catch {
    return otherwise
  }
}
