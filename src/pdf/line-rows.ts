/** Builds the texts of the rows of the line table. */
import type { Adjustment, Line } from '../domain/document'
import { toMinor } from '../domain/money'
import { adjustmentBase } from '../domain/totals'
import type { Sheet } from './sheet'
import type { TextLine } from './typeset'

export interface Row {
  description: string
  /** A second line under the description. */
  remark: string
  quantity: TextLine
  unit: TextLine
  price: TextLine
  tax: TextLine
  amount: TextLine
}

export function headRow({ type, labels, snapshot }: Sheet): Row {
  const { t } = labels
  return {
    description: t('document.column.description'),
    remark: '',
    quantity: type.line(t('document.column.quantity')),
    unit: type.line(''),
    price: type.line(t('document.column.unitPrice')),
    tax: type.line(t('document.column.tax')),
    amount: type.line(t('document.column.amount', { currency: snapshot.currency })),
  }
}

/** Returns the lines, then the charges and allowances on the whole document. */
export function bodyRows(sheet: Sheet): Row[] {
  const { content, totals } = sheet.snapshot
  return [
    ...content.lines.map((line, i) => lineRow(sheet, line, totals.lineAmounts[i] ?? 0)),
    ...content.adjustments.map((adjustment) => adjustmentRow(sheet, adjustment)),
  ]
}

function lineRow({ type, labels }: Sheet, line: Line, amount: number): Row {
  const { discount } = line
  const value =
    discount && (discount.type === 'percent' ? labels.percent(discount.value) : labels.price(discount.value))
  return {
    description: line.description,
    remark: value ? labels.t('document.discount', { value }) : '',
    quantity: type.line(labels.quantity(line.quantity)),
    unit: type.line(labels.unit(line.unit, line.quantity)),
    price: type.line(labels.price(line.unitPrice)),
    tax: type.line(labels.percent(line.taxRate)),
    amount: type.line(labels.amount(amount)),
  }
}

function adjustmentRow({ type, labels, snapshot }: Sheet, adjustment: Adjustment): Row {
  const { percent } = adjustment
  const sign = adjustment.type === 'allowance' ? -1 : 1
  const base = () => labels.amount(adjustmentBase(snapshot.content, adjustment))
  const empty = type.line('')
  return {
    description: adjustment.reason || labels.t(`document.${adjustment.type}`),
    remark:
      percent === undefined
        ? ''
        : labels.t('document.percent_of', { percent: labels.percent(percent), amount: base() }),
    quantity: empty,
    unit: empty,
    price: empty,
    tax: type.line(labels.percent(adjustment.taxRate)),
    amount: type.line(labels.amount(sign * toMinor(adjustment.amount, snapshot.currency))),
  }
}
