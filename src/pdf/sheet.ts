/** Holds a document while it is drawn: its pages, and how far down the current one is filled. */
import type { DocumentSnapshot } from '../domain/document'
import { Canvas, type Colour, INK, LEFT, mm, PAGE } from './canvas'
import { type DocumentLabels, documentLabels } from './document-labels'
import type { LogoObject } from './logo/logo-object'
import { type TextLine, Typesetter } from './typeset'

/** Top of the text on every page but the first. */
const TOP = mm(30)

export class Sheet {
  readonly pages: Canvas[] = []
  readonly type = new Typesetter()
  readonly labels: DocumentLabels
  readonly snapshot: DocumentSnapshot
  readonly logo: LogoObject | undefined
  page: Canvas
  y = 0
  /** Set once the footer's height is known. */
  bottom = PAGE.height - mm(25)

  constructor(snapshot: DocumentSnapshot, logo?: LogoObject) {
    this.snapshot = snapshot
    this.logo = logo
    this.labels = documentLabels(snapshot)
    this.page = this.addPage()
  }

  /** Returns the height left on the current page, in points. */
  get room(): number {
    return this.bottom - this.y
  }

  /** Returns the height of an empty page after the first, in points. */
  get fullRoom(): number {
    return this.bottom - TOP
  }

  breakPage(): void {
    this.page = this.addPage()
    this.y = TOP
  }

  /** Begins a new page when less than this height is left, unless the current one is still empty. */
  need(height: number): void {
    if (this.room < height && this.y > TOP) this.breakPage()
  }

  /** Draws lines one below the other from the current position on, over as many pages as they take. */
  flow(lines: TextLine[], size: number, leading: number, colour: Colour = INK, x = LEFT): void {
    for (const [i, line] of lines.entries()) {
      // Keeps the last two lines together, so that no page has a single one.
      this.need(i === lines.length - 2 ? 2 * leading : leading)
      this.y += leading
      this.page.text(line, x, this.y, size, colour)
    }
  }

  private addPage(): Canvas {
    const page = new Canvas()
    this.pages.push(page)
    const marks = [
      this.snapshot.test ? this.labels.t('document.test') : '',
      this.snapshot.number === '' ? this.labels.t('document.draft') : '',
    ].filter(Boolean)
    if (marks.length > 0) page.watermark(this.type.bold(marks.join(' · ').toUpperCase()), PALE)
    return page
  }
}

const PALE: Colour = '.93 .93 .94'

/** Returns « Invoice INV-2026-0042 », or « Invoice (draft) ». */
export function titleOf({ snapshot, labels }: Sheet): string {
  return `${labels.t(`document.kind.${snapshot.kind}`)} ${snapshot.number || `(${labels.t('document.draft')})`}`
}
