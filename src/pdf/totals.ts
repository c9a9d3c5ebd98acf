/** Draws the totals, and the tax in them by category and rate (EN 16931, BG-22 and BG-23). */
import type { Totals } from '../domain/document'
import { COLUMN_WIDTH, GREY, INK, LEFT, RIGHT, WIDTH } from './canvas'
import type { DocumentLabels } from './document-labels'
import type { Sheet } from './sheet'
import { type TextLine, widthOf } from './typeset'

const SPACE_ABOVE = 16
const GAP = 18
const TAX_SIZE = 8
const TAX_LEADING = 13
const SUM_SIZE = 9
const SUM_LEADING = 15
const TOTAL_SIZE = 13
const TOTAL_LEADING = 26

type Cells = [label: TextLine, ...numbers: TextLine[]]

export interface TotalsBlock {
  /** In points, including the space above. */
  height: number
  draw: () => void
}

/** Measures without drawing, so that the last line can keep the block on its page. */
export function totalsBlock(sheet: Sheet): TotalsBlock {
  const taxes = taxTable(sheet)
  const sums = sumTable(sheet)
  const fitBeside = taxes.width + 2 * GAP + sums.width <= WIDTH && taxes.height < sheet.fullRoom * 0.8
  const height = SPACE_ABOVE + (fitBeside ? Math.max(taxes.height, sums.height) : taxes.height + GAP + sums.height)
  return {
    height,
    draw: () => {
      sheet.need(Math.min(height, sheet.fullRoom))
      sheet.y += SPACE_ABOVE
      const top = sheet.y
      taxes.draw()
      if (fitBeside) {
        const taxesEnd = sheet.y
        sheet.y = top
        sums.draw()
        sheet.y = Math.max(sheet.y, taxesEnd)
      } else {
        sheet.y += GAP
        sheet.need(sums.height)
        sums.draw()
      }
    },
  }
}

interface Block extends TotalsBlock {
  width: number
}

function taxTable(sheet: Sheet): Block {
  const { type, labels, snapshot } = sheet
  const head: Cells = [
    type.line(labels.t('document.taxes.rate')),
    type.line(labels.t('document.taxes.base')),
    type.line(labels.t('document.taxes.tax')),
  ]
  const rows = snapshot.totals.taxes.map(
    (tax): Cells => [
      type.line(taxLabel(labels, tax)),
      type.line(labels.amount(tax.base)),
      type.line(labels.amount(tax.tax)),
    ],
  )
  const [label = 0, base = 0, tax = 0] = [0, 1, 2].map((column) =>
    Math.max(...[head, ...rows].map((cells) => widthOf(cells[column] ?? type.line(''), TAX_SIZE))),
  )
  const ends = [LEFT + label + GAP + base, LEFT + label + GAP + base + GAP + tax]
  const write = (cells: Cells, colour = INK) => {
    sheet.need(TAX_LEADING)
    const [first, ...numbers] = cells
    sheet.page.text(first, LEFT, sheet.y + TAX_SIZE, TAX_SIZE, colour)
    for (const [i, number] of numbers.entries())
      sheet.page.textRight(number, ends[i] ?? 0, sheet.y + TAX_SIZE, TAX_SIZE, colour)
    sheet.y += TAX_LEADING
  }
  return {
    width: label + base + tax + 2 * GAP,
    height: (rows.length + 1) * TAX_LEADING,
    draw: () => {
      write(head, GREY)
      for (const row of rows) write(row)
    },
  }
}

function sumTable(sheet: Sheet): Block {
  const { type, labels, snapshot } = sheet
  const { t, amount, money } = labels
  const { net, tax, total } = snapshot.totals
  const parts: [TextLine, TextLine][] = [
    [type.line(t('document.net')), type.line(amount(net))],
    [type.line(t('document.tax')), type.line(amount(tax))],
  ]
  const sum: [TextLine, TextLine] = [type.bold(t('document.total')), type.bold(money(total))]
  const width = Math.max(
    COLUMN_WIDTH,
    ...parts.map(([label, value]) => widthOf(label, SUM_SIZE) + GAP + widthOf(value, SUM_SIZE)),
    widthOf(sum[0], TOTAL_SIZE) + GAP + widthOf(sum[1], TOTAL_SIZE),
  )
  const left = RIGHT - width
  return {
    width,
    height: parts.length * SUM_LEADING + TOTAL_LEADING,
    draw: () => {
      const { page } = sheet
      for (const [label, value] of parts) {
        page.text(label, left, sheet.y + SUM_SIZE, SUM_SIZE, GREY)
        page.textRight(value, RIGHT, sheet.y + SUM_SIZE, SUM_SIZE)
        sheet.y += SUM_LEADING
      }
      page.rule(left, RIGHT, sheet.y + 1, 0.8, INK)
      sheet.y += TOTAL_LEADING
      page.text(sum[0], left, sheet.y - 5, TOTAL_SIZE)
      page.textRight(sum[1], RIGHT, sheet.y - 5, TOTAL_SIZE)
    },
  }
}

/** Returns « 20 % », or why there is no tax. */
function taxLabel({ t, percent }: DocumentLabels, { category, rate }: Totals['taxes'][number]): string {
  return category === 'S' || category === 'Z' ? percent(rate) : t(`document.taxCategory.${category}`)
}
