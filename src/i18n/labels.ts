/** Labels that merchants may word: which there are, and saying them. */
import en from '../../locales/en.json'
import { fixedLanguageFor, type Labels } from '../domain/labels'
import { isBuiltIn } from '../domain/languages'
import { isUnitCode } from '../domain/units'
import { builtInText, fill, type Key, type Language, languageFor, type Params, type Translate } from './'

export const LABEL_GROUPS = ['document', 'mail', 'hosted', 'unit'] as const
export type LabelGroup = (typeof LABEL_GROUPS)[number]

const PREFIXES: Record<LabelGroup, RegExp> = {
  document: /^(document|payment_method|tax_reason)\./,
  // Subjects and bodies are texts of their own; what stands around them in notices is ours.
  mail: /^mail\.(?!(problem|problem_notice|variable|notice)\.|\w+\.(subject|body)$)/,
  hosted: /^hosted\./,
  unit: /^unit\./,
}

const KEYS = Object.keys(en) as Key[]

/** In the order of their keys. */
export const LABELS: Record<LabelGroup, readonly Key[]> = {
  document: KEYS.filter((key) => PREFIXES.document.test(key)),
  mail: KEYS.filter((key) => PREFIXES.mail.test(key)),
  hosted: KEYS.filter((key) => PREFIXES.hosted.test(key)),
  unit: KEYS.filter((key) => PREFIXES.unit.test(key)),
}

export const ALL_LABELS: readonly Key[] = LABEL_GROUPS.flatMap((group) => LABELS[group])

/** What of a wording a mail says around its text. */
export const mailLabels = ({ texts, ...labels }: Labels): Labels => ({
  ...labels,
  texts: Object.fromEntries(
    Object.entries(texts).filter(([key]) => /^(mail|document\.(kind|total|payment)|payment_method)\b/.test(key)),
  ),
})

/** Our words in a language, or in the nearest that we speak. */
export const builtInLabels = (language: string): Labels => ({ language, base: languageFor(language), texts: {} })

/** All labels in one of our languages. */
export const builtInLabelTexts = (language: Language): Record<string, string> =>
  Object.fromEntries(ALL_LABELS.map((key) => [key, builtInText(language, key)]))

const CUSTOMISABLE = new Set<string>(ALL_LABELS)

/** The same as `translator`, with the merchant's words first. */
export function labelTranslator(labels: Labels): Translate {
  const { texts, base } = labels
  const fixed = fixedLanguageFor(labels)
  return (key, params) => fill(texts[key] ?? (builtInText(CUSTOMISABLE.has(key) ? base : fixed, key) || key), params)
}

const rules = new Map<string, Intl.PluralRules>()

function pluralForm(language: string, count: number): string {
  const found = rules.get(language) ?? new Intl.PluralRules(language)
  rules.set(language, found)
  return found.select(count)
}

/** The form of a label for a number, by the language's own rules where the words are its own: Polish has `few` and `many`. */
export function pluralLabel(labels: Labels, key: string, count: number, params: Params = {}): string {
  const { language, base, texts } = labels
  // Where all words are ours no form of the language is asked for: on old documents it may be none at all.
  const own =
    Object.keys(texts).length > 0
      ? (texts[`${key}.${pluralForm(language, count)}`] ?? texts[`${key}.other`])
      : undefined
  return fill(own ?? (builtInText(base, `${key}.${pluralForm(base, count)}`) || builtInText(base, `${key}.other`)), {
    count,
    ...params,
  })
}

/** The unit of a quantity in words ('HUR', 2 → 'hours'); a code that is not in our list stays as it is. */
export const unitLabel = (labels: Labels, code: string, quantity: number): string =>
  isUnitCode(code) ? pluralLabel(labels, `unit.${code}`, quantity) : code

/** The forms that a language has beside those in our list: a merchant may write them, and need not. */
export const moreUnitForms = (language: string): string[] => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const codes = [...new Set(LABELS.unit.map((key) => key.split('.')[1] ?? ''))]
  const more = forms.filter((form) => form !== 'one' && form !== 'other')
  return codes.flatMap((code) => more.map((form) => `unit.${code}.${form}`))
}

/** `{page}` and the like, in the order of the text. */
export const placeholdersOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))]

/** Labels that can be worded in a language. */
export const labelsOf = (language: string): readonly string[] => [
  ...ALL_LABELS,
  ...(isBuiltIn(language) ? [] : moreUnitForms(language)),
]
