/** Defines the schema of a document's content: the shape of the JSON column, and the limits for every form and program that writes it. */
import * as v from 'valibot'
import { isIsoDate } from './calendar'
import { isCurrency } from './currencies'
import { decimalsOf, isNegative } from './decimals'
import { type Adjustment, type DocumentContent, type Line, PAYMENT_METHODS } from './document'
import { parseLanguageTag } from './languages'
import { toMinor } from './money'
import { TAX_CATEGORIES } from './tax-category'
import { isReasonOf, REASON_CATEGORIES, REASON_IDS, type TaxReason } from './tax-reasons'
import { computeTotals } from './totals'

export const MAX_LINES = 500
export const MAX_TERMS_DAYS = 365
export const MAX_ADJUSTMENTS = 50
const MAX_DESCRIPTION_CHARS = 2_000
const MAX_NOTES_CHARS = 4_000
const MAX_REFERENCE_CHARS = 200
const MAX_REASON_CHARS = 500
const MAX_WHOLE_DIGITS = 12
const MAX_DECIMALS = 6
const MAX_RATE_DECIMALS = 4
/** Most minor units of a line: the sum of 500 lines stays a safe integer. */
const MAX_LINE_AMOUNT = 1e13

export interface ContentProblem {
  /** Path of the field: `lines.2.unitPrice`, counted from 0. */
  field: string
  /** `refusal.<reason>` in the locales is its text. */
  reason: string
  details: Record<string, string | number>
}

const text = (max: number) => v.pipe(v.string(), v.maxLength(max, 'text_too_long'))
const decimal = v.pipe(
  v.string(),
  v.regex(/^-?\d+(\.\d+)?$/, 'number_invalid'),
  v.check((value) => value.replace(/^-|\..*$/g, '').length <= MAX_WHOLE_DIGITS, 'number_too_large'),
  v.check((value) => decimalsOf(value) <= MAX_DECIMALS, 'number_too_many_decimals'),
)
const percent = v.pipe(
  decimal,
  v.check((value) => Number(value) >= 0 && Number(value) <= 100, 'percent_out_of_range'),
  v.check((value) => decimalsOf(value) <= MAX_RATE_DECIMALS, 'number_too_many_decimals'),
)
const notNegative = v.pipe(
  decimal,
  v.check((value) => !value.startsWith('-'), 'number_negative'),
)
/** EN 16931, BR-27. */
const price = v.pipe(
  decimal,
  v.check((value) => !isNegative(value), 'price_negative'),
)
const optionalDate = v.pipe(
  v.string(),
  v.check((value) => value === '' || isIsoDate(value), 'date_invalid'),
)
const taxCategory = v.picklist(TAX_CATEGORIES, 'tax_invalid')

const LineSchema = v.object({
  id: v.pipe(v.string(), v.maxLength(40, 'text_too_long')),
  description: text(MAX_DESCRIPTION_CHARS),
  quantity: decimal,
  unit: v.pipe(v.string(), v.regex(/^[A-Z0-9]{2,3}$/, 'unit_invalid')),
  unitPrice: price,
  taxRate: percent,
  taxCategory,
  discount: v.exactOptional(
    v.variant('type', [
      v.object({ type: v.literal('percent'), value: percent }),
      v.object({ type: v.literal('amount'), value: notNegative }),
    ]),
  ),
}) satisfies v.GenericSchema<Line>

const AdjustmentSchema = v.object({
  type: v.picklist(['charge', 'allowance']),
  reason: text(MAX_REFERENCE_CHARS),
  amount: notNegative,
  percent: v.exactOptional(percent),
  taxRate: percent,
  taxCategory,
}) satisfies v.GenericSchema<Adjustment>

const TaxReasonSchema = v.pipe(
  v.object({
    category: v.picklist(REASON_CATEGORIES),
    reason: v.picklist(['', ...REASON_IDS], 'tax_invalid'),
    text: text(MAX_REASON_CHARS),
  }),
  v.check(({ category, reason }) => reason === '' || isReasonOf(category, reason), 'tax_invalid'),
) satisfies v.GenericSchema<TaxReason>

export const DocumentContentSchema = v.object({
  lines: v.pipe(v.array(LineSchema), v.maxLength(MAX_LINES, 'too_many_lines')),
  adjustments: v.pipe(v.array(AdjustmentSchema), v.maxLength(MAX_ADJUSTMENTS, 'too_many_lines')),
  pricesIncludeTax: v.boolean(),
  currency: v.pipe(v.string(), v.check(isCurrency, 'currency_unknown')),
  language: v.pipe(
    v.string(),
    v.check((tag) => tag === '' || parseLanguageTag(tag) !== undefined, 'language_invalid'),
  ),
  issueDate: optionalDate,
  dueDate: optionalDate,
  paymentTermsDays: v.pipe(
    v.number(),
    v.integer('number_invalid'),
    v.minValue(0, 'terms_out_of_range'),
    v.maxValue(MAX_TERMS_DAYS, 'terms_out_of_range'),
  ),
  supplyFrom: optionalDate,
  supplyTo: optionalDate,
  buyerReference: text(MAX_REFERENCE_CHARS),
  orderNumber: text(MAX_REFERENCE_CHARS),
  notes: text(MAX_NOTES_CHARS),
  paidOn: v.exactOptional(optionalDate),
  taxReasons: v.exactOptional(v.array(TaxReasonSchema)),
  paymentMethod: v.exactOptional(v.picklist(PAYMENT_METHODS, 'payment_method_unknown')),
}) satisfies v.GenericSchema<DocumentContent>

/** Returns the problems of a content by field; none when it may be stored. It may still lack what finalising asks for. */
export function contentProblems(content: DocumentContent): ContentProblem[] {
  const parsed = v.safeParse(DocumentContentSchema, content)
  if (!parsed.success) return parsed.issues.map(problemOf)
  return [...dateProblems(content), ...taxProblems(content), ...amountProblems(content)]
}

type Issue = v.InferIssue<typeof DocumentContentSchema>

function problemOf(issue: Issue): ContentProblem {
  const details: ContentProblem['details'] = {}
  if (typeof issue.requirement === 'number') details.max = issue.requirement
  if (issue.message === 'number_too_many_decimals') details.max = MAX_DECIMALS
  if (issue.message === 'terms_out_of_range') details.max = MAX_TERMS_DAYS
  return { field: v.getDotPath(issue) ?? '', reason: issue.message, details }
}

function dateProblems({ issueDate, dueDate, supplyFrom, supplyTo }: DocumentContent): ContentProblem[] {
  const problems: ContentProblem[] = []
  const add = (field: keyof DocumentContent, reason: string) => problems.push({ field, reason, details: {} })
  if (issueDate && dueDate && dueDate < issueDate) add('dueDate', 'due_before_issue')
  if (supplyTo && !supplyFrom) add('supplyFrom', 'supply_start_missing')
  if (supplyTo && supplyFrom && supplyTo < supplyFrom) add('supplyTo', 'supply_ends_before_start')
  return problems
}

/** Checks that category S, and no other, has a rate above zero (EN 16931, BR-S-5 to 7, BR-E-5 and the like). */
function taxProblems({ lines, adjustments }: DocumentContent): ContentProblem[] {
  const problemsIn = (name: string, items: readonly Pick<Line, 'taxCategory' | 'taxRate'>[]) =>
    items.flatMap(({ taxCategory, taxRate }, index) => {
      if ((taxCategory === 'S') === (Number(taxRate) !== 0)) return []
      const reason = taxCategory === 'S' ? 'tax_rate_zero' : 'tax_invalid'
      return [{ field: `${name}.${index}.taxRate`, reason, details: {} }]
    })
  return [...problemsIn('lines', lines), ...problemsIn('adjustments', adjustments)]
}

function amountProblems(content: DocumentContent): ContentProblem[] {
  const tooLarge = content.adjustments.flatMap(({ amount }, index) =>
    toMinor(amount, content.currency) > MAX_LINE_AMOUNT
      ? [{ field: `adjustments.${index}.amount`, reason: 'number_too_large', details: {} }]
      : [],
  )
  const lines = computeTotals(content).lineAmounts.flatMap((amount, index) =>
    Math.abs(amount) > MAX_LINE_AMOUNT
      ? [{ field: `lines.${index}.unitPrice`, reason: 'number_too_large', details: {} }]
      : [],
  )
  return [...lines, ...tooLarge]
}
