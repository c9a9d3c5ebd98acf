/** What a document lacks before it may be finalised. */
import { addDays } from './calendar'
import { type Creditable, leftToCredit } from './credit-note'
import type { DocumentSnapshot } from './document'
import { contentProblems } from './document-content'
import { type SellerGap, sellerGaps } from './readiness'

/** An invoice dated further ahead is a slip of the keyboard, and would close the series to every earlier date. */
export const MAX_DAYS_AHEAD = 31

/** `missing.<code>` says each. */
export const DOCUMENT_GAPS = [
  'seller_vat_id',
  'contact',
  'contact_address',
  'contact_vat_id',
  'lines',
  'line_descriptions',
  'issue_date_ahead',
  'due_date_early',
  'paid_date_ahead',
  'tax_mixed',
  'credit_amount',
  'credit_exceeds',
  /** What its form would refuse, whatever wrote it: `contentProblems` says it field by field. */
  'content',
] as const
export type DocumentGap = (typeof DOCUMENT_GAPS)[number]
export type Gap = SellerGap | DocumentGap

/**
 * What is missing of seller, buyer and content; nothing when it may be finalised.
 * @param original the document that a credit note credits
 */
export const gapsOf = (snapshot: Omit<DocumentSnapshot, 'number'>, today: string, original?: Creditable): Gap[] => [
  ...sellerGaps(snapshot.seller),
  ...documentGaps(snapshot, today, original),
]

/**
 * The buyer's name and, for a company, address and country (directive 2006/112/EC, art. 226 no. 5); its VAT number where the buyer
 * owes the tax or the goods go to another member state (no. 4); what was supplied (no. 6).
 */
function documentGaps(snapshot: Omit<DocumentSnapshot, 'number'>, today: string, original?: Creditable): DocumentGap[] {
  const { buyer, content } = snapshot
  const categories = new Set<string>(snapshot.totals.taxes.map(({ category }) => category))
  const isCredit = snapshot.kind === 'credit_note'
  const { lines, town, country } = buyer.address
  const gaps: Record<DocumentGap, boolean> = {
    // EN 16931, BR-AE-2, BR-IC-2 and BR-G-2.
    seller_vat_id: snapshot.seller.vatId === '' && ['AE', 'K', 'G'].some((category) => categories.has(category)),
    contact: buyer.name === '',
    contact_address: buyer.name !== '' && buyer.kind === 'company' && !(country && (town || lines.length > 0)),
    contact_vat_id:
      buyer.name !== '' && buyer.vatId === '' && content.lines.some(({ taxCategory }) => /^(AE|K)$/.test(taxCategory)),
    lines: content.lines.length === 0,
    line_descriptions: content.lines.some(({ description }) => description === ''),
    issue_date_ahead: snapshot.issueDate > addDays(today, MAX_DAYS_AHEAD),
    due_date_early: snapshot.dueDate !== '' && snapshot.dueDate < snapshot.issueDate,
    paid_date_ahead: snapshot.paid !== undefined && snapshot.paid.on > today,
    // EN 16931, BR-O-11: what is outside the scope of the tax stands alone.
    tax_mixed: categories.has('O') && categories.size > 1,
    credit_amount: isCredit && content.lines.length > 0 && snapshot.totals.total <= 0,
    credit_exceeds: isCredit && snapshot.totals.total > (original ? leftToCredit(original) : 0),
    content: contentProblems(content).length > 0,
  }
  return DOCUMENT_GAPS.filter((gap) => gaps[gap])
}
