/**
 * Draws the table of lines over as many pages as it takes. Its head is repeated, and its last line stays with what
 * follows it.
 */
import { type Colour, GREY, HAIRLINE, INK, LEFT, RIGHT, WIDTH } from './canvas'
import { bodyRows, headRow, type Row } from './line-rows'
import type { Sheet } from './sheet'
import type { TextLine } from './typeset'

const SIZE = 9
const HEAD_SIZE = 8
const HEAD_HEIGHT = 16
const LEADING = 12.5
const PADDING = 5
const GAP = 16
const UNIT_GAP = 4
const MIN_DESCRIPTION = 120
/** A row of up to this many lines is never split between pages. */
const UNSPLIT_LINES = 6
/** The fewest lines of a split row on each side of the break. */
const SPLIT_LINES = 2

/** One line of a row's text, and how it is drawn. */
interface Part {
  line: TextLine
  size: number
  colour: Colour
}

/** Width of the description and right edges of the other columns, in points; `size` is the font size of the numbers. */
interface Columns {
  size: number
  description: number
  quantity: number
  unit: number
  price: number
  tax: number
}

/**
 * Draws the head and every row, from the current position on.
 * @param followHeight height of the part that must stay on the page of the last line
 */
export function drawLineTable(sheet: Sheet, followHeight: number): void {
  const head = headRow(sheet)
  const rows = bodyRows(sheet)
  const columns = columnsFor(head, rows)
  const keptHeight = followHeight <= sheet.fullRoom - HEAD_HEIGHT - heightOf(UNSPLIT_LINES) ? followHeight : 0
  let headedPages = 0

  for (const [i, row] of rows.entries()) {
    const isLast = i === rows.length - 1
    const parts = partsOf(sheet, row, columns)
    for (let done = 0; done < parts.length; ) {
      const isHeaded = headedPages === sheet.pages.length
      const lines = linesToDraw({
        room: sheet.room - (isHeaded ? 0 : HEAD_HEIGHT),
        rest: parts.length - done,
        followHeight: isLast ? keptHeight : 0,
        canSplit: parts.length > UNSPLIT_LINES,
        canBreak: isHeaded || sheet.pages.length === 1,
      })
      if (lines > 0 && !isHeaded) drawHead(sheet, head, columns)
      if (lines > 0) headedPages = sheet.pages.length
      drawParts(sheet, parts.slice(done, done + lines), columns, done === 0 ? row : undefined)
      done += lines
      if (done < parts.length) sheet.breakPage()
    }
    sheet.page.rule(LEFT, RIGHT, sheet.y, 0.5, isLast ? INK : HAIRLINE)
  }
}

/** Returns how many of a row's remaining lines go on this page; 0 = begin the next page. */
function linesToDraw(place: {
  room: number
  rest: number
  followHeight: number
  canSplit: boolean
  canBreak: boolean
}): number {
  const { room, rest, followHeight, canSplit, canBreak } = place
  if (heightOf(rest) + followHeight <= room) return rest
  const fitting = Math.floor((room - 2 * PADDING) / LEADING)
  const lines = Math.min(fitting, rest - SPLIT_LINES)
  if (canSplit && lines >= SPLIT_LINES) return lines
  return canBreak ? 0 : Math.max(1, lines)
}

const heightOf = (lines: number) => lines * LEADING + 2 * PADDING

function partsOf({ type }: Sheet, row: Row, { description }: Columns): Part[] {
  const lines = type.wrap(row.description, SIZE, description)
  const remarks = row.remark ? type.wrap(row.remark, HEAD_SIZE, description) : []
  return [
    ...lines.map((line) => ({ line, size: SIZE, colour: INK })),
    ...remarks.map((line) => ({ line, size: HEAD_SIZE, colour: GREY })),
  ]
}

/**
 * Draws lines of a description.
 * @param row the row whose numbers are drawn beside the first line; undefined on the rest of a split row
 */
function drawParts(sheet: Sheet, parts: Part[], columns: Columns, row: Row | undefined): void {
  if (parts.length === 0) return
  const { page } = sheet
  const first = sheet.y + PADDING + SIZE
  for (const [i, { line, size, colour }] of parts.entries()) page.text(line, LEFT, first + i * LEADING, size, colour)
  if (row) {
    page.textRight(row.quantity, columns.quantity, first, columns.size)
    page.text(row.unit, columns.quantity + UNIT_GAP, first, columns.size)
    page.textRight(row.price, columns.price, first, columns.size)
    page.textRight(row.tax, columns.tax, first, columns.size)
    page.textRight(row.amount, RIGHT, first, columns.size)
  }
  sheet.y += heightOf(parts.length)
}

function drawHead(sheet: Sheet, head: Row, columns: Columns): void {
  const { page, type } = sheet
  const y = sheet.y + HEAD_SIZE
  const size = (columns.size * HEAD_SIZE) / SIZE
  page.text(type.line(head.description), LEFT, y, HEAD_SIZE, GREY)
  page.textRight(head.quantity, columns.unit, y, size, GREY)
  page.textRight(head.price, columns.price, y, size, GREY)
  page.textRight(head.tax, columns.tax, y, size, GREY)
  page.textRight(head.amount, RIGHT, y, size, GREY)
  sheet.y += HEAD_HEIGHT
  page.rule(LEFT, RIGHT, sheet.y, 0.8, INK)
}

/**
 * Gives the numbers the width that they need and the description the rest; where that is too little, the numbers get a
 * smaller font.
 */
function columnsFor(head: Row, rows: Row[]): Columns {
  const widest = (cell: 'quantity' | 'unit' | 'price' | 'tax' | 'amount') =>
    (rows.reduce((most, row) => Math.max(most, row[cell].width), 0) * SIZE) / 1000
  const withHead = (width: number, label: TextLine) => Math.max(width, (label.width * HEAD_SIZE) / 1000)
  const unit = widest('unit')
  const quantity = withHead(widest('quantity') + UNIT_GAP + unit, head.quantity)
  const price = withHead(widest('price'), head.price)
  const tax = withHead(widest('tax'), head.tax)
  const amount = withHead(widest('amount'), head.amount)

  const natural = quantity + price + tax + amount
  const scale = Math.min(1, (WIDTH - 4 * GAP - MIN_DESCRIPTION) / natural)
  const taxRight = RIGHT - amount * scale - GAP
  const priceRight = taxRight - tax * scale - GAP
  const unitRight = priceRight - price * scale - GAP
  return {
    size: SIZE * scale,
    description: WIDTH - natural * scale - 4 * GAP,
    quantity: unitRight - unit * scale - UNIT_GAP,
    unit: unitRight,
    price: priceRight,
    tax: taxRight,
  }
}
