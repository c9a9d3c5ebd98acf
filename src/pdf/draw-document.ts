/** Draws a finalised document, or a draft marked as one, as a PDF. */
import { displayName } from '../domain/company'
import type { DocumentSnapshot } from '../domain/document'
import { writeArchiveFile } from './archive-file'
import { drawClosing } from './closing'
import { drawLetterhead } from './letterhead'
import { drawLineTable } from './line-table'
import type { LogoObject } from './logo/logo-object'
import { drawMargins, footerOf } from './margins'
import { Sheet, titleOf } from './sheet'
import { totalsBlock } from './totals'

export interface Drawing {
  /** The PDF/A-3b file; the same snapshot always gives the same bytes. */
  bytes: Uint8Array
  /** Characters that no font slice has. Each is drawn as a replacement glyph. */
  missing: string[]
}

/**
 * Draws A4 pages in the document's language. No text makes it fail: characters that the fonts lack are drawn as a
 * replacement and listed in `missing`.
 * @param logo the one that the snapshot names; without it the seller's name is drawn
 */
export async function drawDocument(snapshot: DocumentSnapshot, logo?: LogoObject): Promise<Drawing> {
  const sheet = new Sheet(snapshot, logo)
  const footer = footerOf(sheet)
  sheet.bottom = footer.top - 14
  const totals = totalsBlock(sheet)
  drawLetterhead(sheet)
  drawLineTable(sheet, totals.height)
  totals.draw()
  drawClosing(sheet)
  drawMargins(sheet, footer)
  const description = {
    title: titleOf(sheet),
    author: displayName(snapshot.seller),
    language: sheet.labels.locale,
    date: snapshot.issueDate,
  }
  const bytes = await writeArchiveFile(sheet.pages, description, logo)
  return { bytes, missing: [...sheet.type.missing] }
}
