/** Makes a draft's snapshot: frozen when it is finalised, shown as its preview before. */
import { addDays } from './calendar'
import type { AccountSettings, Company } from './company'
import type { Contact } from './contact'
import { withPositivePrices } from './current-rules'
import type { Buyer, DocumentContent, DocumentKind, DocumentSnapshot, Totals } from './document'
import { type Labels, type LabelTexts, labelsFor, type StoredLabels } from './labels'
import { languageChain, localeFor } from './languages'
import type { Logo } from './logo'
import { codeOf, type TaxReasonId, usedReasonCategories, usualReason } from './tax-reasons'
import { computeTotals } from './totals'

export interface SnapshotParts {
  kind: DocumentKind
  test: boolean
  seller: Company
  settings: AccountSettings
  logo?: Logo | null
  /** Absent on a draft without a contact. */
  contact?: Contact | undefined
  content: DocumentContent
  /** The account's custom labels. */
  storedLabels?: readonly StoredLabels[]
  /** ISO date in the account's time zone. */
  today: string
  /** The snapshot of the document that a credit note credits. */
  original?: DocumentSnapshot | undefined
  /** Returns the built-in text for a reason why there is no tax. */
  reasonText: (reason: TaxReasonId, labels: Labels) => string
  /** Returns labels that differ in the seller's or the buyer's country; the account's custom labels come before them. */
  countryLabels: (buyer: Buyer, labels: Labels) => LabelTexts
}

const NO_BUYER: Buyer = {
  kind: 'company',
  name: '',
  address: { lines: [], postcode: '', town: '', region: '', country: '' },
  vatId: '',
}

/** Resolves dates, language, labels and totals, so that the snapshot depends on nothing else. Only invoices have a due date. */
export function makeSnapshot(parts: SnapshotParts): Omit<DocumentSnapshot, 'number'> {
  const { kind, test, seller, settings, logo, contact, today, original, storedLabels = [] } = parts
  const content = withPositivePrices(parts.content)
  const issueDate = content.issueDate || today
  const requested = content.language || contact?.language || settings.language
  const chain = languageChain(settings, requested)
  const language = localeFor(requested, chain[0] ?? requested)
  // The contact of an issued document may have been forgotten; its credit note still names the same buyer.
  const buyer = contact ? buyerOf(contact) : (original?.buyer ?? NO_BUYER)
  const accountLabels = labelsFor(chain, storedLabels)
  const texts = { ...parts.countryLabels(buyer, accountLabels), ...accountLabels.texts }
  const labels = { ...accountLabels, texts }
  const totals = computeTotals(content)
  const taxReasons = taxReasonsOf(parts, totals, labels)
  return {
    kind,
    test,
    language,
    labels,
    currency: content.currency,
    issueDate,
    dueDate: kind === 'invoice' ? content.dueDate || addDays(issueDate, content.paymentTermsDays) : '',
    ...(kind === 'receipt' && { paid: paidOf(content, issueDate) }),
    seller,
    buyer,
    content: { ...content, ...supplyOf(parts, issueDate) },
    totals,
    ...(taxReasons.length > 0 && { taxReasons }),
    ...(original && { refersTo: referenceTo(original) }),
    ...(logo && { logo }),
  }
}

function taxReasonsOf(
  { content, settings, seller, reasonText }: SnapshotParts,
  { taxes }: Totals,
  labels: Labels,
): NonNullable<DocumentSnapshot['taxReasons']> {
  return usedReasonCategories(taxes.map(({ category }) => category)).map((category) => {
    const chosen = content.taxReasons?.find((taxReason) => taxReason.category === category)
    const reason = chosen?.reason || usualReason(category, settings.taxRates)
    const code = codeOf(reason, category, seller)
    return { category, code, text: chosen?.text || reasonText(reason, labels) }
  })
}

/**
 * The date of supply must stand on the document even where it is the issue date: § 14 (4) no. 6 UStG with § 31 (4) UStDV, § 11 (1) no. 3
 * lit. d of the Austrian UStG. Elsewhere only where it differs (directive 2006/112/EC, art. 226 no. 7).
 */
const SUPPLY_DATE_ALWAYS: readonly string[] = ['AT', 'DE']

/** Returns the dates of supply to print. A credit note has those of the document that it credits. */
function supplyOf(
  { content, seller, original }: Pick<SnapshotParts, 'content' | 'seller' | 'original'>,
  issueDate: string,
): Pick<DocumentContent, 'supplyFrom' | 'supplyTo'> {
  const { supplyFrom, supplyTo } = content
  if (supplyFrom !== '' || !SUPPLY_DATE_ALWAYS.includes(seller.address.country)) return { supplyFrom, supplyTo }
  if (!original) return { supplyFrom: issueDate, supplyTo: '' }
  const { content: credited } = original
  return credited.supplyFrom === ''
    ? { supplyFrom: original.issueDate, supplyTo: '' }
    : { supplyFrom: credited.supplyFrom, supplyTo: credited.supplyTo }
}

const referenceTo = ({ kind, number, issueDate }: DocumentSnapshot): NonNullable<DocumentSnapshot['refersTo']> => ({
  kind: kind === 'receipt' ? 'receipt' : 'invoice',
  number,
  issueDate,
})

const paidOf = (
  { paidOn, paymentMethod }: DocumentContent,
  issueDate: string,
): NonNullable<DocumentSnapshot['paid']> => ({
  on: paidOn || issueDate,
  ...(paymentMethod && { method: paymentMethod }),
})

const buyerOf = ({ kind, name, address, vatId }: Contact): Buyer => ({ kind, name, address, vatId })
