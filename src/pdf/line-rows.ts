/** What each row of the table of lines says. */
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

export function headRow({ type, words, paper }: Sheet): Row {
  const { t } = words
  return {
    description: t('document.column.description'),
    remark: '',
    quantity: type.line(t('document.column.quantity')),
    unit: type.line(''),
    price: type.line(t('document.column.unitPrice')),
    tax: type.line(t('document.column.tax')),
    amount: type.line(t('document.column.amount', { currency: paper.currency })),
  }
}

/** The lines, then the charges and allowances on the whole document. */
export function bodyRows(sheet: Sheet): Row[] {
  const { content, totals } = sheet.paper
  return [
    ...content.lines.map((line, i) => lineRow(sheet, line, totals.lineAmounts[i] ?? 0)),
    ...content.adjustments.map((adjustment) => adjustmentRow(sheet, adjustment)),
  ]
}

function lineRow({ type, words }: Sheet, line: Line, amount: number): Row {
  const { discount } = line
  const value = discount && (discount.type === 'percent' ? words.percent(discount.value) : words.price(discount.value))
  return {
    description: line.description,
    remark: value ? words.t('document.discount', { value }) : '',
    quantity: type.line(words.quantity(line.quantity)),
    unit: type.line(words.unit(line.unit, line.quantity)),
    price: type.line(words.price(line.unitPrice)),
    tax: type.line(words.percent(line.taxRate)),
    amount: type.line(words.amount(amount)),
  }
}

function adjustmentRow({ type, words, paper }: Sheet, adjustment: Adjustment): Row {
  const { percent } = adjustment
  const sign = adjustment.type === 'allowance' ? -1 : 1
  const base = () => words.amount(adjustmentBase(paper.content, adjustment))
  const nothing = type.line('')
  return {
    description: adjustment.reason || words.t(`document.${adjustment.type}`),
    remark:
      percent === undefined ? '' : words.t('document.percent_of', { percent: words.percent(percent), amount: base() }),
    quantity: nothing,
    unit: nothing,
    price: nothing,
    tax: type.line(words.percent(adjustment.taxRate)),
    amount: type.line(words.amount(sign * toMinor(adjustment.amount, paper.currency))),
  }
}
