/** Lists the labels that merchants may change, and reads them. */
import en from '../../locales/en.json'
import { fixedLanguageFor, type Labels } from '../domain/labels'
import { isBuiltIn } from '../domain/languages'
import { isUnitCode } from '../domain/units'
import { builtInText, fill, type Key, type Language, languageFor, type Params, type Translate } from './'

export const LABEL_GROUPS = ['document', 'mail', 'hosted', 'unit'] as const
export type LabelGroup = (typeof LABEL_GROUPS)[number]

const PREFIXES: Record<LabelGroup, RegExp> = {
  document: /^(document|payment_method|tax_reason)\./,
  // Subjects and bodies are translations, not labels; the texts around them in notices are fixed.
  mail: /^mail\.(?!(problem|problem_notice|variable|notice)\.|\w+\.(subject|body)$)/,
  hosted: /^hosted\./,
  unit: /^unit\./,
}

const KEYS = Object.keys(en) as Key[]

/** Keys of each group, in the order of the locale file. */
export const LABELS: Record<LabelGroup, readonly Key[]> = {
  document: KEYS.filter((key) => PREFIXES.document.test(key)),
  mail: KEYS.filter((key) => PREFIXES.mail.test(key)),
  hosted: KEYS.filter((key) => PREFIXES.hosted.test(key)),
  unit: KEYS.filter((key) => PREFIXES.unit.test(key)),
}

export const ALL_LABELS: readonly Key[] = LABEL_GROUPS.flatMap((group) => LABELS[group])

/** Returns the labels that mails show around their text. */
export const mailLabels = ({ texts, ...labels }: Labels): Labels => ({
  ...labels,
  texts: Object.fromEntries(
    Object.entries(texts).filter(([key]) => /^(mail|document\.(kind|total|payment)|payment_method)\b/.test(key)),
  ),
})

/** Returns the built-in labels for a language. If it is not built in, returns those of its base language, else English. */
export const builtInLabels = (language: string): Labels => ({ language, base: languageFor(language), texts: {} })

/** Returns all labels in a built-in language. */
export const builtInLabelTexts = (language: Language): Record<string, string> =>
  Object.fromEntries(ALL_LABELS.map((key) => [key, builtInText(language, key)]))

const CUSTOMISABLE = new Set<string>(ALL_LABELS)

/** Returns a function that reads a label: the merchant's text first, then the built-in one. */
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

/**
 * Returns the form of a label for a number. Custom labels follow their language's plural rules: Polish has `few` and
 * `many`.
 */
export function pluralLabel(labels: Labels, key: string, count: number, params: Params = {}): string {
  const { language, base, texts } = labels
  // Plural rules are read only for custom labels: the language of an old document may not be a valid tag.
  const custom =
    Object.keys(texts).length > 0
      ? (texts[`${key}.${pluralForm(language, count)}`] ?? texts[`${key}.other`])
      : undefined
  return fill(custom ?? (builtInText(base, `${key}.${pluralForm(base, count)}`) || builtInText(base, `${key}.other`)), {
    count,
    ...params,
  })
}

/** Returns the name of a unit ('HUR', 2 → 'hours'); an unknown code stays unchanged. */
export const unitLabel = (labels: Labels, code: string, quantity: number): string =>
  isUnitCode(code) ? pluralLabel(labels, `unit.${code}`, quantity) : code

/** Returns keys of unit labels for plural forms other than `one` and `other`; a merchant may leave them empty. */
export const moreUnitForms = (language: string): string[] => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const codes = [...new Set(LABELS.unit.map((key) => key.split('.')[1] ?? ''))]
  const more = forms.filter((form) => form !== 'one' && form !== 'other')
  return codes.flatMap((code) => more.map((form) => `unit.${code}.${form}`))
}

/** Returns the placeholders of a text (`{page}`), each once, in its order. */
export const placeholdersOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))]

/** Returns the keys of all labels that can be changed in a language. */
export const labelsOf = (language: string): readonly string[] => [
  ...ALL_LABELS,
  ...(isBuiltIn(language) ? [] : moreUnitForms(language)),
]
