/** Draws the parts below the totals: reasons for untaxed amounts, payment, and the merchant's notes. */
import { groupedIban } from '../domain/bank-account'
import { taxReasonLines } from '../i18n/tax-reasons'
import { COLUMN, COLUMN_WIDTH, GREY, INK, LEFT, WIDTH } from './canvas'
import { BOLD } from './fonts'
import type { Sheet } from './sheet'
import { type TextLine, widthOf } from './typeset'

const SIZE = 9
const LEADING = 13
const SPACE = 18

export function drawClosing(sheet: Sheet): void {
  const { snapshot, labels } = sheet
  drawTaxNotes(sheet)
  drawText(sheet, labels.t('document.payment'), paidText(sheet))
  if (snapshot.kind === 'invoice' && snapshot.totals.total > 0) drawPayment(sheet)
  drawText(sheet, labels.t('document.notes'), snapshot.content.notes)
  drawText(sheet, '', snapshot.seller.legalNote, GREY)
}

/**
 * Draws the reasons for untaxed amounts. EN 16931 requires one for each category but S and Z; national law prescribes
 * the text.
 */
function drawTaxNotes(sheet: Sheet): void {
  const { snapshot, labels } = sheet
  const notes = taxReasonLines(snapshot)
  if (snapshot.content.pricesIncludeTax) notes.push(labels.t('document.pricesIncludeTax'))
  drawText(sheet, '', notes.join('\n'))
}

/** Returns when and how the document was paid; empty where it was unpaid when it was issued. */
function paidText({ snapshot: { paid }, labels: { t, date } }: Sheet): string {
  if (!paid) return ''
  const on = date(paid.on, 'long')
  return paid.method
    ? t('document.paid.method', { date: on, method: t(`payment_method.${paid.method}`) })
    : t('document.paid', { date: on })
}

/** Draws a paragraph and its heading, if it has one; nothing where the text is empty. */
function drawText(sheet: Sheet, heading: string, text: string, colour = INK): void {
  if (text.trim() === '') return
  const lines = sheet.type.wrap(text, SIZE, WIDTH)
  sheet.need(SPACE + LEADING * (heading ? 3 : Math.min(lines.length, 2)))
  sheet.y += SPACE
  if (heading) sheet.flow([sheet.type.bold(heading)], SIZE, LEADING)
  sheet.flow(lines, SIZE, LEADING, colour)
}

interface Pair {
  label: TextLine
  lines: TextLine[]
}

interface PairBlock {
  pairs: Pair[]
  /** Distance from the block's left edge to its values. */
  indent: number
  height: number
}

/**
 * Draws the bank account on the left and the amount, due date and reference on the right, never split between pages.
 */
function drawPayment(sheet: Sheet): void {
  const { labels, snapshot, type } = sheet
  const { t } = labels
  const { iban, bic, legalName, paymentNote } = snapshot.seller
  const due = pairBlock(sheet, COLUMN_WIDTH, [
    [t('document.payment.amount'), labels.money(snapshot.totals.total)],
    [t('document.dueDate'), labels.date(snapshot.dueDate)],
    [t('document.payment.reference'), snapshot.number],
  ])
  const bank = pairBlock(sheet, COLUMN - LEFT - 20, [
    [t('document.payment.holder'), iban && legalName],
    ['IBAN', groupedIban(iban, '\u00a0')],
    ['BIC', iban && bic],
  ])
  const notes = type.wrap(paymentNote, SIZE, WIDTH)
  sheet.need(SPACE + LEADING + 4 + Math.max(due.height, bank.height) + Math.min(notes.length, 2) * LEADING)
  sheet.y += SPACE
  sheet.flow([type.line(t('document.payment'), BOLD)], SIZE, LEADING)
  sheet.y += 2
  if (bank.height > 0) {
    drawPairs(sheet, bank, LEFT)
    drawPairs(sheet, due, COLUMN)
  } else drawPairs(sheet, due, LEFT)
  sheet.y += Math.max(due.height, bank.height)
  if (paymentNote.trim() === '') return
  sheet.y += 4
  sheet.flow(notes, SIZE, LEADING)
}

function pairBlock({ type }: Sheet, width: number, texts: [label: string, value: string][]): PairBlock {
  const present = texts
    .filter(([, value]) => value !== '')
    .map(([label, value]) => ({ label: type.line(label), value }))
  const indent = Math.max(0, ...present.map(({ label }) => widthOf(label, SIZE))) + 12
  const pairs = present.map(({ label, value }) => ({
    label,
    lines: type.wrap(value, SIZE, Math.max(60, width - indent)),
  }))
  return { pairs, indent, height: pairs.reduce((sum, { lines }) => sum + lines.length * LEADING, 0) }
}

function drawPairs({ page, y: top }: Sheet, { pairs, indent }: PairBlock, left: number): void {
  let y = top
  for (const { label, lines } of pairs) {
    page.text(label, left, y + LEADING, SIZE, GREY)
    for (const line of lines) {
      y += LEADING
      page.text(line, left + indent, y, SIZE)
    }
  }
}
