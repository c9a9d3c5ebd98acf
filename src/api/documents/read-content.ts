/** Turns the fields of a request into the content of a document, by the rules of the form. */
import type { AccountSettings } from '../../domain/company'
import { canonical } from '../../domain/decimals'
import type { Adjustment, DocumentContent, Line } from '../../domain/document'
import { type ContentProblem, contentProblems } from '../../domain/document-content'
import type { TaxReason } from '../../domain/tax-reasons'
import { cleanLine, cleanText } from '../../domain/text'
import { withShares } from '../../domain/totals'
import { withoutBlankLines } from '../../domain/typed-content'
import { pointer } from '../parse'
import type { FieldError } from '../problem'
import { fieldError, invalid } from '../refusal'
import type { DocumentChanges, NewAdjustment, NewLine } from './document-schemas'

/**
 * Returns a content with these changes. Throws a problem that names every field that is wrong.
 * @param current what stays where a field is absent
 * @param settings their usual tax is that of lines that name none
 */
export function readContent(
  changes: Omit<DocumentChanges, 'contact_id'>,
  current: DocumentContent,
  settings: AccountSettings,
): DocumentContent {
  const { lines, adjustments, tax_reasons: reasons, paid_on: paidOn, payment_method: method } = changes
  const { taxReasons, paidOn: _, paymentMethod: __, ...rest } = current
  const kept = {
    paidOn: paidOn ?? current.paidOn,
    paymentMethod: method === undefined ? current.paymentMethod : method,
    taxReasons: reasons ? reasons.map(readReason) : taxReasons,
  }
  const content = withShares({
    ...rest,
    lines: lines ? lines.map((line, index) => readLine(line, index, settings)) : current.lines,
    adjustments: adjustments ? adjustments.map((one) => readAdjustment(one, settings)) : current.adjustments,
    pricesIncludeTax: changes.prices_include_tax ?? current.pricesIncludeTax,
    currency: changes.currency ?? current.currency,
    language: changes.language ?? current.language,
    issueDate: changes.issue_date ?? current.issueDate,
    dueDate: changes.due_date ?? current.dueDate,
    paymentTermsDays: changes.payment_terms_days ?? current.paymentTermsDays,
    supplyFrom: changes.supply_from ?? current.supplyFrom,
    supplyTo: changes.supply_to ?? current.supplyTo,
    buyerReference: cleanLine(changes.buyer_reference ?? current.buyerReference),
    orderNumber: cleanLine(changes.order_number ?? current.orderNumber),
    notes: cleanText(changes.notes ?? current.notes),
    ...(kept.paidOn && { paidOn: kept.paidOn }),
    ...(kept.paymentMethod && { paymentMethod: kept.paymentMethod }),
    ...(kept.taxReasons?.length && { taxReasons: kept.taxReasons }),
  })
  const errors = [...adjustmentErrors(adjustments ?? []), ...contentProblems(content).map(errorOf)]
  if (errors.length > 0) throw invalid(errors)
  return withoutBlankLines(content)
}

/** Returns an error for each adjustment that has neither an amount nor a percentage, or both. */
const adjustmentErrors = (adjustments: readonly NewAdjustment[]): FieldError[] =>
  adjustments.flatMap(({ amount, percent }, index) =>
    (amount === undefined) === (percent === undefined)
      ? [{ pointer: `/adjustments/${index}/amount`, code: 'invalid', detail: 'Give either an amount or a percent.' }]
      : [],
  )

/** `lines.2.unitPrice` → `/lines/2/unit_price`. */
const errorOf = ({ field, reason, details }: ContentProblem): FieldError =>
  fieldError(pointer(field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).split('.')), {
    ok: false,
    ...{ reason, details },
  })

/** The id of a line is its place, so that a repeated request makes the same content. */
const readLine = (line: NewLine, index: number, settings: AccountSettings): Line => ({
  id: `lin_${index + 1}`,
  description: cleanText(line.description),
  quantity: canonical(line.quantity),
  unit: line.unit,
  unitPrice: canonical(line.unit_price),
  ...readTax(line, settings),
  ...(line.discount && { discount: { type: line.discount.type, value: canonical(line.discount.value) } }),
})

const readAdjustment = (
  { type, reason, amount = '0', percent, ...tax }: NewAdjustment,
  settings: AccountSettings,
): Adjustment => ({
  type,
  reason: cleanLine(reason),
  amount: canonical(amount),
  ...(percent !== undefined && { percent: canonical(percent) }),
  ...readTax(tax, settings),
})

const readReason = ({
  category,
  reason = '',
  text = '',
}: {
  category: TaxReason['category']
  reason?: TaxReason['reason']
  text?: string
}): TaxReason => ({
  ...{ category, reason },
  text: cleanText(text),
})

/** Returns the tax that a line names; what it does not name is the account's usual one. */
function readTax(
  { tax_rate: rate, tax_category: category }: Pick<NewLine, 'tax_rate' | 'tax_category'>,
  { taxRates, defaultTaxRateId }: AccountSettings,
): Pick<Line, 'taxRate' | 'taxCategory'> {
  const usual = taxRates.find(({ id }) => id === defaultTaxRateId) ?? taxRates[0]
  const taxCategory = category ?? (rate === undefined ? (usual?.category ?? 'O') : 'S')
  const usualRate = (usual?.category === 'S' ? usual : taxRates.find((one) => one.category === 'S'))?.rate ?? '0'
  return { taxRate: canonical(rate ?? (taxCategory === 'S' ? usualRate : '0')), taxCategory }
}
