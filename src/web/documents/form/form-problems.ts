/** Describes the problems of a typed document, and the differences between two versions, by field and line. */
import type { ContentProblem } from '../../../domain/document-content'
import { refuse } from '../../../domain/result'
import type { TypedContent, TypedLine } from '../../../domain/typed-content'
import type { Key, Language, Translate } from '../../../i18n'
import { unitName } from '../../../i18n'
import { type Difference, differencesOf } from '../../ui/conflict'
import type { FormValues } from '../../ui/form-state'
import { refusalText } from '../../ui/refusal-text'
import { taxLabel } from './tax-options'

const LABELS = {
  contactSearch: 'documents.customer',
  lines: 'documents.lines',
  description: 'document.column.description',
  quantity: 'document.column.quantity',
  unit: 'documents.line.unit',
  unitPrice: 'document.column.unitPrice',
  tax: 'documents.line.tax',
  discount: 'document.allowance',
  currency: 'documents.currency',
  language: 'documents.language',
  issueDate: 'document.issueDate',
  dueDate: 'document.dueDate',
  paymentTermsDays: 'documents.terms',
  supplyFrom: 'documents.supply_from',
  supplyTo: 'documents.supply_to',
  buyerReference: 'documents.buyer_reference',
  orderNumber: 'document.orderNumber',
  notes: 'document.notes',
  paidOn: 'documents.paid_on',
  paymentMethod: 'documents.payment_method',
  adjustments: 'documents.adjustments',
  type: 'documents.adjustment.type',
  reason: 'documents.adjustment.reason',
  amount: 'documents.amount',
  taxReasons: 'documents.tax_reasons',
  pricesIncludeTax: 'documents.prices_include_tax',
} as const satisfies Record<string, Key>

const labelOf = (name: string, t: Translate): string => (name in LABELS ? t(LABELS[name as keyof typeof LABELS]) : '')

type Errors = Record<string, string>

/** Returns an error for each field; of several problems of one field the first. */
export function problemErrors(problems: readonly ContentProblem[], t: Translate): Errors {
  const errors: Errors = {}
  for (const { field, reason, details } of problems) errors[field] ??= refusalText(t, refuse(reason, details))
  return errors
}

/** Returns the labels of the fields that have errors, a line's with its number: « Line 3 · Quantity ». */
export const errorLabels = (errors: Errors, t: Translate): Record<string, string> =>
  Object.fromEntries(
    Object.keys(errors).map((field) => {
      const [, of, index, name = field] = /^(lines|adjustments)\.(\d+)\.(\w+)$/.exec(field) ?? []
      const row = of === 'lines' ? 'documents.line' : 'documents.adjustment'
      const line = index === undefined ? '' : t(row, { number: Number(index) + 1 })
      return [field, [line, labelOf(name, t)].filter(Boolean).join(' · ')]
    }),
  )

export interface Version {
  contactName: string
  typed: TypedContent
}

/** Compares the typed and the saved version field by field, and each line as a whole. */
export function versionDifferences(
  typedVersion: Version,
  savedVersion: Version,
  t: Translate,
  language: Language,
): Difference[] {
  const rows = Math.max(typedVersion.typed.lines.length, savedVersion.typed.lines.length)
  const lines = Array.from({ length: rows }, (_, i): [string, string] => [
    `line${i}`,
    t('documents.line', { number: i + 1 }),
  ])
  const fields = (Object.keys(LABELS) as (keyof typeof LABELS)[]).map((name): [string, string] => [
    name,
    labelOf(name, t),
  ])
  return differencesOf(textsOf(typedVersion, t, language), textsOf(savedVersion, t, language), [...fields, ...lines])
}

function textsOf({ contactName, typed }: Version, t: Translate, language: Language): FormValues {
  const { lines, adjustments, taxReasons, pricesIncludeTax, ...texts } = typed
  const numbered = lines.map((line, index) => [`line${index}`, lineText(line, t, language)])
  const included = pricesIncludeTax ? t('documents.yes') : t('documents.no')
  const others = {
    adjustments: adjustments
      .map(({ type, reason, amount, tax }) =>
        [type === 'allowance' ? '−' : '+', amount, reason, taxLabel(tax, t, language)].filter(Boolean).join(' '),
      )
      .join('\n'),
    taxReasons: Object.values(taxReasons)
      .map(({ text }) => text)
      .filter(Boolean)
      .join('\n'),
  }
  return {
    ...texts,
    ...others,
    contactSearch: contactName,
    pricesIncludeTax: included,
    ...Object.fromEntries(numbered),
  }
}

function lineText(line: TypedLine, t: Translate, language: Language): string {
  const amount = `${line.quantity} ${unitName(language, line.unit, 1)} × ${line.unitPrice}`
  const discount = line.discount && `− ${line.discount}`
  return [line.description, [amount, discount, taxLabel(line.tax, t, language)].filter(Boolean).join(' · ')].join('\n')
}
