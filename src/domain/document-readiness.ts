/** Checks what a document lacks before it may be finalised. */
import { addDays } from './calendar'
import { type Creditable, leftToCredit } from './credit-note'
import type { Buyer, DocumentSnapshot } from './document'
import { contentProblems } from './document-content'
import { euStateOf, isUnderEuVat } from './eu-vat'
import { type SellerGap, sellerGaps } from './readiness'
import { isStripeId } from './stripe/stripe-id'
import { isCodiceFiscale } from './vat-id'

/** An invoice dated further ahead is a typing error, and would close the series to every earlier date. */
export const MAX_DAYS_AHEAD = 31
/** No document is about days before it. What programs bring in may be years old. */
const EARLIEST_DATE = '2000-01-01'
/** Most days that a payment may lie before the document's date, such as one in advance. An earlier one, typed by hand, is a typing error. */
const MAX_DAYS_PAID_BEFORE = 366
/** Most days that a date may lie after the document's. */
const MAX_DAYS_APART = 3_653

/** Gaps; `missing.<code>` in the locales is the text of each. */
export const DOCUMENT_GAPS = [
  'seller_vat_id',
  'contact',
  'contact_name',
  'contact_address',
  'contact_vat_id',
  'tax_intra_community',
  'contact_other_state',
  'lines',
  'line_descriptions',
  'issue_date_ahead',
  'issue_date_old',
  'due_date_early',
  'due_date_late',
  'supply_date_far',
  'paid_date_ahead',
  'paid_date_early',
  'tax_rate_zero',
  'tax_mixed',
  'total_negative',
  'credit_amount',
  'credit_exceeds',
  /** The form would refuse the content; `contentProblems` returns the fields. */
  'content',
] as const
export type DocumentGap = (typeof DOCUMENT_GAPS)[number]
export type Gap = SellerGap | DocumentGap

/** Content problems that `due_date_early` and `tax_rate_zero` name already. */
const GAPS_OF_THEIR_OWN = new Set(['due_before_issue', 'tax_rate_zero'])

/**
 * Returns what is missing of seller, buyer and content; nothing when the document may be finalised.
 * @param original the document that a credit note credits
 */
export const gapsOf = (snapshot: Omit<DocumentSnapshot, 'number'>, today: string, original?: Creditable): Gap[] => [
  ...sellerGaps(snapshot.seller),
  ...documentGaps(snapshot, today, original),
]

/**
 * Checks the buyer's name and, for a company, address and country (directive 2006/112/EC, art. 226 no. 5); its VAT number where the buyer
 * owes the tax or the goods go to another member state (no. 4); what was supplied (no. 6). Some rules don't apply to credit notes: one
 * must be able to credit a document that was issued before the rule was checked.
 */
function documentGaps(snapshot: Omit<DocumentSnapshot, 'number'>, today: string, original?: Creditable): DocumentGap[] {
  const { buyer, content } = snapshot
  const categories = new Set<string>(snapshot.totals.taxes.map(({ category }) => category))
  const isCredit = snapshot.kind === 'credit_note'
  const { lines, town, country } = buyer.address
  const gaps: Record<DocumentGap, boolean> = {
    seller_vat_id: snapshot.seller.vatId === '' && needsSellerVatId(snapshot, categories),
    contact: buyer.name === '',
    contact_name: isStripeId(buyer.name),
    contact_address: buyer.name !== '' && buyer.kind === 'company' && !(country && (town || lines.length > 0)),
    // EN 16931, BR-AE-2 to 4 and BR-IC-2 to 4: lines, allowances and charges alike.
    contact_vat_id: buyer.name !== '' && lacksBuyerVatId(snapshot, categories),
    tax_intra_community: !isCredit && categories.has('K') && !isUnderEuVat(snapshot.seller),
    contact_other_state:
      !isCredit &&
      categories.has('K') &&
      hasVatId(buyer) &&
      isUnderEuVat(snapshot.seller) &&
      !isOtherState(euStateOf(buyer), euStateOf(snapshot.seller)),
    lines: content.lines.length === 0,
    line_descriptions: content.lines.some(({ description }) => description === '' || isStripeId(description)),
    issue_date_ahead: snapshot.issueDate > addDays(today, MAX_DAYS_AHEAD),
    issue_date_old: !isCredit && snapshot.issueDate < EARLIEST_DATE,
    due_date_early: snapshot.dueDate !== '' && snapshot.dueDate < snapshot.issueDate,
    due_date_late: snapshot.dueDate > addDays(snapshot.issueDate, MAX_DAYS_APART),
    supply_date_far:
      !isCredit && [content.supplyFrom, content.supplyTo].some((date) => isFar(date, snapshot.issueDate)),
    paid_date_ahead: snapshot.paid !== undefined && snapshot.paid.on > today,
    paid_date_early: snapshot.paid !== undefined && snapshot.paid.on < EARLIEST_DATE,
    // EN 16931, BR-S-5 to 7: category S has a rate above zero.
    tax_rate_zero:
      !isCredit && snapshot.totals.taxes.some(({ category, rate }) => category === 'S' && Number(rate) === 0),
    // EN 16931, BR-O-11: category O excludes every other.
    tax_mixed: categories.has('O') && categories.size > 1,
    // What is below zero is a credit note, which names what it gives back and how much of it is left.
    total_negative: !isCredit && snapshot.totals.total < 0,
    credit_amount: isCredit && content.lines.length > 0 && snapshot.totals.total <= 0,
    credit_exceeds: isCredit && snapshot.totals.total > (original ? leftToCredit(original) : 0),
    content: contentProblems(content).some(({ reason }) => !GAPS_OF_THEIR_OWN.has(reason)),
  }
  return DOCUMENT_GAPS.filter((gap) => gaps[gap])
}

/** Returns whether a payment lies so long before the document's date that one of the two is a typing error. */
export const isPaidTooEarly = (paidOn: string, issueDate: string): boolean =>
  paidOn < addDays(issueDate, -MAX_DAYS_PAID_BEFORE)

const isFar = (date: string, issueDate: string): boolean =>
  date !== '' && (date < EARLIEST_DATE || date > addDays(issueDate, MAX_DAYS_APART))

/**
 * Returns whether the seller needs a VAT number (EN 16931, BR-AE-2, BR-IC-2 and BR-G-2). Within one country the seller's tax number is
 * enough for reverse charge (BT-32; § 14 (4) no. 2 UStG), and every seller has one or the other.
 */
function needsSellerVatId(
  { seller, buyer }: Omit<DocumentSnapshot, 'number'>,
  categories: ReadonlySet<string>,
): boolean {
  const isAbroad = buyer.address.country !== seller.address.country
  return categories.has('K') || categories.has('G') || (categories.has('AE') && isAbroad)
}

function lacksBuyerVatId(
  { kind, buyer, content }: Omit<DocumentSnapshot, 'number'>,
  categories: ReadonlySet<string>,
): boolean {
  if (kind !== 'credit_note') return !hasVatId(buyer) && (categories.has('AE') || categories.has('K'))
  return buyer.vatId === '' && content.lines.some(({ taxCategory }) => /^(AE|K)$/.test(taxCategory))
}

/** Returns whether a buyer has a VAT number. The tax code of an Italian person is in the same field, and is none. */
const hasVatId = ({ vatId }: Buyer): boolean => vatId !== '' && !isCodiceFiscale(vatId)

/** Returns whether the buyer is registered in another member state than the seller (Directive 2006/112/EC, art. 138 (1) b). */
const isOtherState = (buyer: string, seller: string): boolean => buyer !== '' && buyer !== seller
