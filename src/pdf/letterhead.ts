/**
 * Draws the top of the first page: seller, buyer (in the window of DIN 5008 envelopes), title, dates and references.
 */
import { addressLines } from '../domain/address'
import { type Company, displayName } from '../domain/company'
import { fitInto } from '../domain/logo'
import { buyerLines, documentFacts, sellerLines } from '../i18n/document-facts'
import { COLUMN, COLUMN_WIDTH, GREY, LEFT, mm, RIGHT } from './canvas'
import { BOLD } from './fonts'
import { type Sheet, titleOf } from './sheet'
import { type TextLine, type Typesetter, widthOf } from './typeset'

const WINDOW = { top: mm(45), width: mm(80) }
const TITLE_TOP = mm(92)
const LOGO = { top: mm(18.5), width: mm(60), height: mm(20) }
/** Limits how far a small logo is enlarged: to no fewer than 100 dots an inch, so that its pixels don't show. */
const POINTS_PER_PIXEL = 72 / 100

export function drawLetterhead(sheet: Sheet): void {
  drawBrand(sheet)
  const sellerEnd = drawSeller(sheet)
  const buyerEnd = drawBuyer(sheet)
  const factsEnd = drawFacts(sheet, Math.max(WINDOW.top + 28, sellerEnd + 24))
  sheet.y = Math.max(TITLE_TOP, buyerEnd + 24, factsEnd + 24)
  sheet.flow(sheet.type.wrap(titleOf(sheet), 19, RIGHT - LEFT, BOLD), 19, 25)
  const { refersTo } = sheet.snapshot
  if (refersTo) {
    const text = sheet.labels.t(`document.refersTo.${refersTo.kind ?? 'invoice'}`, {
      number: refersTo.number,
      date: sheet.labels.date(refersTo.issueDate, 'long'),
    })
    sheet.flow(sheet.type.wrap(text, 9.5, RIGHT - LEFT), 9.5, 16, GREY)
  }
  if (sheet.snapshot.test)
    sheet.flow(sheet.type.wrap(sheet.labels.t('mail.test.banner'), 9.5, RIGHT - LEFT, BOLD), 9.5, 16)
  sheet.y += 22
}

/** Draws the logo, at most 60 × 20 mm, or the seller's name. */
function drawBrand({ type, snapshot, page, logo }: Sheet): void {
  if (logo) {
    const { width, height } = fitInto(logo, LOGO, POINTS_PER_PIXEL)
    page.logo(LEFT, LOGO.top, width, height)
    return
  }
  const name = displayName(snapshot.seller)
  const size = widthOf(type.bold(name), 17) > 2 * WINDOW.width ? 12 : 17
  const lines = type.wrap(name, size, WINDOW.width, BOLD).slice(0, 3)
  for (const [i, line] of lines.entries()) page.text(line, LEFT, mm(22) + i * size * 1.25, size)
}

/** Draws the seller's address and contact data. @returns where the block ends. */
function drawSeller({ type, snapshot, page, labels, logo }: Sheet): number {
  const { seller } = snapshot
  const size = 8
  let y = mm(22) - 11
  const write = (text: string, url?: string) => {
    for (const line of type.wrap(text, size, COLUMN_WIDTH)) {
      y += 11
      page.text(line, COLUMN, y, size, GREY)
      if (url) page.link(line, COLUMN, y, size, url, text)
    }
  }
  if (logo) write(displayName(seller))
  for (const line of sellerLines(snapshot, labels)) write(line)
  y += 4
  if (seller.phone) write(seller.phone)
  if (seller.email) write(seller.email, mailUrl(seller.email))
  if (seller.website) write(seller.website, webUrl(seller.website))
  return y
}

/** Draws the return address and the buyer's address. @returns where the address ends. */
function drawBuyer({ type, snapshot, page, labels }: Sheet): number {
  const { seller, buyer } = snapshot
  for (const [i, line] of senderLines(type, seller).reverse().entries())
    page.text(line, LEFT, WINDOW.top + 12 - i * 8, 6.5, GREY)

  let y = WINDOW.top + 14
  for (const text of [buyer.name, ...buyerLines(snapshot, labels)])
    for (const line of type.wrap(text, 10, WINDOW.width)) {
      y += 14
      page.text(line, LEFT, y, 10)
    }
  return y
}

/**
 * Returns the return address of the envelope window. Only two lines fit above the buyer, so a long legal name is
 * replaced by the display name, and a long display name is left out.
 */
function senderLines(type: Typesetter, seller: Company): TextLine[] {
  const address = addressLines(seller.address).join(' · ')
  const withName = [seller.legalName, displayName(seller)].map((name) => [name, address].filter(Boolean).join(' · '))
  const candidates = [...withName, address].map((text) => type.wrap(text, 6.5, WINDOW.width))
  return (candidates.find((lines) => lines.length <= 2) ?? candidates[0] ?? []).slice(0, 2)
}

/** Draws dates and references as pairs, without empty ones. @returns where the block ends. */
function drawFacts(sheet: Sheet, top: number): number {
  const { type, page, snapshot, labels } = sheet
  const size = 8.5
  let y = top - 14
  for (const [label, value] of documentFacts(snapshot, labels)) {
    y += 14
    const labelLine = type.line(labels.t(label))
    page.text(labelLine, COLUMN, y, size, GREY)
    const beside = COLUMN_WIDTH - widthOf(labelLine, size) - 8
    const whole = type.line(value)
    if (widthOf(whole, size) <= beside) {
      page.textRight(whole, RIGHT, y, size)
      continue
    }
    for (const line of type.wrap(value, size, COLUMN_WIDTH)) {
      y += 12
      page.textRight(line, RIGHT, y, size)
    }
  }
  return y
}

const mailUrl = (email: string) =>
  /^[\w.!#$%&*+/=?^`{|}~'-]+@[\w.-]+$/.test(email) ? `mailto:${encodeURI(email)}` : undefined

function webUrl(website: string): string | undefined {
  const url = URL.parse(/^https?:\/\//i.test(website) ? website : `https://${website}`)
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined
}
