/**
 * Draws the margins of every page: legal data of the seller and page number below, and from the second page on the
 * title above.
 */
import { displayName } from '../domain/company'
import { GREY, HAIRLINE, LEFT, mm, PAGE, RIGHT, WIDTH } from './canvas'
import { type Sheet, titleOf } from './sheet'
import { type TextLine, widthOf } from './typeset'

const SIZE = 7
const LEADING = 9.5
const LAST_BASELINE = PAGE.height - mm(11)
const PAGE_NUMBER_WIDTH = 80
/** Limits the footer to a fifth of the page; the rest of a longer one is not drawn. */
const MAX_LINES = 16

export interface Footer {
  lines: TextLine[]
  /** The lower end of the space for everything else. */
  top: number
}

export function footerOf({ type, snapshot, labels }: Sheet): Footer {
  const { seller } = snapshot
  const legal = [
    [seller.legalName, seller.legalForm].filter(Boolean).join(', '),
    [seller.register, seller.registerNumber].filter(Boolean).join(' '),
    seller.vatId && `${labels.t('document.vatId')} ${seller.vatId}`,
    seller.taxNumber && `${labels.t('document.taxNumber')} ${seller.taxNumber}`,
  ]
  const width = WIDTH - PAGE_NUMBER_WIDTH
  const fits = (text: string) => widthOf(type.line(text), SIZE) <= width
  const text = [...joinFitting(legal.filter(Boolean), fits), seller.footer].filter((part) => part.trim() !== '')
  const lines = type.wrap(text.join('\n'), SIZE, width).slice(0, MAX_LINES)
  return { lines, top: LAST_BASELINE - lines.length * LEADING - 6 }
}

/** Joins as many parts on a line as fit, so that none is broken in two. */
function joinFitting(parts: string[], fits: (text: string) => boolean): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const joined = [lines.at(-1), part].join('  ·  ')
    if (lines.length > 0 && fits(joined)) lines[lines.length - 1] = joined
    else lines.push(part)
  }
  return lines
}

/** Draws the margins; called last, when the number of pages is known. */
export function drawMargins(sheet: Sheet, footer: Footer): void {
  const { type, labels, snapshot, pages } = sheet
  const running = type.wrap(`${titleOf(sheet)}  ·  ${displayName(snapshot.seller)}`, 8, WIDTH)[0]
  for (const [i, page] of pages.entries()) {
    if (i > 0 && running) page.text(running, LEFT, mm(18), 8, GREY)
    page.rule(LEFT, RIGHT, footer.top, 0.5, HAIRLINE)
    for (const [row, line] of footer.lines.entries())
      page.text(line, LEFT, footer.top + 6 + (row + 1) * LEADING - 2, SIZE, GREY)
    const number = type.line(labels.t('document.page', { page: i + 1, pages: pages.length }))
    page.textRight(number, RIGHT, footer.top + 6 + LEADING - 2, SIZE, GREY)
  }
}
