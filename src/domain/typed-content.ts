/** Parses a document as it stands in a form: every field the text that somebody typed, in the language they read. */

import { canonical, parseDecimal } from './decimals'
import type { Adjustment, DocumentContent, Line, PaymentMethod } from './document'
import { type ContentProblem, contentProblems } from './document-content'
import { TAX_CATEGORIES, type TaxCategory } from './tax-category'
import { type ReasonCategory, type TaxReasonId, usedReasonCategories } from './tax-reasons'
import { cleanLine, cleanText } from './text'
import { withShares } from './totals'

export interface TypedLine {
  id: string
  description: string
  /** Empty = 1. */
  quantity: string
  unit: string
  unitPrice: string
  /** Category and rate as `taxOption` writes them: 'S:20'. */
  tax: string
  /** '10%', or an amount off the line; empty = none. */
  discount: string
}

/** A charge or allowance on the whole document. */
export interface TypedAdjustment {
  type: string
  reason: string
  /** '10%' of the lines with this tax, or an amount. */
  amount: string
  /** As on a line. */
  tax: string
}

export interface TypedContent
  extends Pick<
    DocumentContent,
    | 'pricesIncludeTax'
    | 'currency'
    | 'language'
    | 'issueDate'
    | 'dueDate'
    | 'supplyFrom'
    | 'supplyTo'
    | 'buyerReference'
    | 'orderNumber'
    | 'notes'
  > {
  lines: TypedLine[]
  adjustments: TypedAdjustment[]
  /** By category; a text that equals the built-in one is stored as empty. */
  taxReasons: Partial<Record<ReasonCategory, { reason: string; text: string }>>
  paymentTermsDays: string
  /** Of receipts. */
  paidOn: string
  /** Empty = not known. */
  paymentMethod: string
}

export interface ReadContent {
  /** Complete enough to compute totals even when there are problems: a number that can't be read counts as 0. */
  content: DocumentContent
  /** Their paths are fields of the form. */
  problems: ContentProblem[]
}

export function readContent(typed: TypedContent, locale: string): ReadContent {
  const unread: ContentProblem[] = []
  const read = (field: string, text: string, ifEmpty: string): string => {
    if (text.trim() === '') return ifEmpty
    const decimal = parseDecimal(text, locale)
    if (decimal === undefined) unread.push({ field, reason: 'number_invalid', details: { text: text.slice(0, 40) } })
    return decimal ?? '0'
  }
  const content = withShares({
    lines: typed.lines.map((line, index) => {
      if (isMissingPrice(line)) unread.push({ field: `lines.${index}.unitPrice`, reason: 'price_missing', details: {} })
      return readLine(line, (field, text, ifEmpty) => read(`lines.${index}.${field}`, text, ifEmpty))
    }),
    adjustments: typed.adjustments.map((adjustment, index) =>
      readAdjustment(adjustment, (field, text, ifEmpty) => read(`adjustments.${index}.${field}`, text, ifEmpty)),
    ),
    pricesIncludeTax: typed.pricesIncludeTax,
    currency: typed.currency,
    language: typed.language,
    issueDate: typed.issueDate.trim(),
    dueDate: typed.dueDate.trim(),
    paymentTermsDays: Number(read('paymentTermsDays', typed.paymentTermsDays, '0')),
    supplyFrom: typed.supplyFrom.trim(),
    supplyTo: typed.supplyTo.trim(),
    buyerReference: cleanLine(typed.buyerReference),
    orderNumber: cleanLine(typed.orderNumber),
    notes: cleanText(typed.notes),
    ...readReasons(typed),
    ...given('paidOn', typed.paidOn.trim()),
    // The schema refuses a method that does not exist.
    ...given('paymentMethod', typed.paymentMethod as PaymentMethod | ''),
  })
  const known = new Set(unread.map((problem) => problem.field))
  const others = contentProblems(content).map((problem) => ({ ...problem, field: fieldOf(problem.field) }))
  return { content, problems: [...unread, ...others.filter(({ field }) => !known.has(field))] }
}

/** Removes blank lines, charges and allowances. */
export const withoutBlankLines = (content: DocumentContent): DocumentContent => ({
  ...content,
  adjustments: content.adjustments.filter(
    ({ reason, amount, percent }) => reason !== '' || amount !== '0' || percent !== undefined,
  ),
  lines: content.lines.filter((line) => line.description !== '' || line.unitPrice !== '0'),
})

/** Returns the value of an option in a tax select: 'S:20'. */
export const taxOption = (category: TaxCategory, rate: string): string => `${category}:${canonical(rate)}`

/** Returns a field, or nothing where the text is empty. */
const given = <K extends string, T extends string>(name: K, text: T): { [N in K]?: Exclude<T, ''> } =>
  (text === '' ? {} : { [name]: text }) as { [N in K]?: Exclude<T, ''> }

type Read = (field: string, text: string, ifEmpty: string) => string

function readLine(typed: TypedLine, read: Read): Line {
  const { percent, number } = splitPercent(typed.discount)
  const value = read('discount', number, '')
  return {
    id: typed.id,
    description: cleanText(typed.description),
    quantity: read('quantity', typed.quantity, '1'),
    unit: typed.unit,
    unitPrice: read('unitPrice', typed.unitPrice, '0'),
    ...readTax(typed.tax),
    ...(value === '' ? {} : { discount: { type: percent ? 'percent' : 'amount', value } }),
  }
}

/** Reads an adjustment. An unknown type becomes a charge, so that nothing typed is lost. */
function readAdjustment({ type, reason, amount, tax }: TypedAdjustment, read: Read): Adjustment {
  const { percent, number } = splitPercent(amount)
  const value = read('amount', number, '0')
  return {
    type: type === 'allowance' ? 'allowance' : 'charge',
    reason: cleanLine(reason),
    ...(percent ? { amount: '0', percent: value } : { amount: value }),
    ...readTax(tax),
  }
}

function splitPercent(typed: string): { percent: boolean; number: string } {
  const text = typed.trim()
  return text.endsWith('%') ? { percent: true, number: text.slice(0, -1) } : { percent: false, number: text }
}

/** Reads the reasons of the categories that are used, without those left at the usual one. */
function readReasons({ taxReasons, lines, adjustments }: TypedContent): Pick<DocumentContent, 'taxReasons'> {
  const used = [...lines, ...adjustments].map(({ tax }) => readTax(tax).taxCategory)
  const reasons = usedReasonCategories(used).flatMap((category) => {
    const { reason = '', text = '' } = taxReasons[category] ?? {}
    // The schema refuses a reason that does not exist.
    return reason || text ? [{ category, reason: reason as TaxReasonId, text: cleanText(text) }] : []
  })
  return reasons.length > 0 ? { taxReasons: reasons } : {}
}

/** Splits the value of a tax select. The schema refuses a category that does not exist. */
function readTax(option: string): Pick<Line, 'taxCategory' | 'taxRate'> {
  const [category = '', rate = ''] = option.split(':')
  const taxRate = /^\d{1,3}(\.\d{1,4})?$/.test(rate) ? canonical(rate) : '0'
  return {
    taxCategory: category as TaxCategory,
    taxRate: TAX_CATEGORIES.includes(category as TaxCategory) ? taxRate : '0',
  }
}

const isMissingPrice = (line: TypedLine): boolean => line.unitPrice.trim() === '' && line.description.trim() !== ''

/** Returns the form's field for a path of the content. Percentage and amount share a field, and so do category and rate. */
const fieldOf = (path: string): string =>
  path
    .replace(/\.value$/, '')
    .replace(/\.percent$/, '.amount')
    .replace(/\.(taxCategory|taxRate)$/, '.tax')
