/** What a draft becomes when it is finalised, and what its preview shows. */
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
  /** Absent on a draft that has none yet. */
  contact?: Contact | undefined
  content: DocumentContent
  /** The account's own. */
  storedLabels?: readonly StoredLabels[]
  /** The account's date. */
  today: string
  /** What a credit note credits, as it was issued. */
  original?: DocumentSnapshot | undefined
  /** Our words for a reason why there is no tax, in a language of documents. */
  reasonText: (reason: TaxReasonId, labels: Labels) => string
  /** Labels that the seller's or the buyer's country words differently from ours; the merchant's own come before them. */
  countryLabels: (buyer: Buyer, labels: Labels) => LabelTexts
}

const NO_BUYER: Buyer = {
  kind: 'company',
  name: '',
  address: { lines: [], postcode: '', town: '', region: '', country: '' },
  vatId: '',
}

/** Everything resolved: dates, language and totals no longer depend on anything. Only invoices have a due date. */
export function makeSnapshot(parts: SnapshotParts): Omit<DocumentSnapshot, 'number'> {
  const { kind, test, seller, settings, logo, contact, today, original, storedLabels = [] } = parts
  const content = withPositivePrices(parts.content)
  const issueDate = content.issueDate || today
  const wanted = content.language || contact?.language || settings.language
  const chain = languageChain(settings, wanted)
  const language = localeFor(wanted, chain[0] ?? wanted)
  // Who has been forgotten since is still the one that the document was issued to.
  const buyer = contact ? buyerOf(contact) : (original?.buyer ?? NO_BUYER)
  const own = labelsFor(chain, storedLabels)
  const labels = { ...own, texts: { ...parts.countryLabels(buyer, own), ...own.texts } }
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
    const told = content.taxReasons?.find((one) => one.category === category)
    const reason = told?.reason || usualReason(category, settings.taxRates)
    const code = codeOf(reason, category, seller)
    return { category, code, text: told?.text || reasonText(reason, labels) }
  })
}

/**
 * The date of supply must stand on the document even where it is the issue date: § 14 (4) no. 6 UStG with § 31 (4) UStDV, § 11 (1) no. 3
 * lit. d of the Austrian UStG. Elsewhere only where it differs (directive 2006/112/EC, art. 226 no. 7).
 */
const SUPPLY_DATE_ALWAYS: readonly string[] = ['AT', 'DE']

/** Dates of supply as they are printed. A credit note's are those of what it takes back. */
function supplyOf(
  { content, seller, original }: Pick<SnapshotParts, 'content' | 'seller' | 'original'>,
  issueDate: string,
): Pick<DocumentContent, 'supplyFrom' | 'supplyTo'> {
  const { supplyFrom, supplyTo } = content
  if (supplyFrom !== '' || !SUPPLY_DATE_ALWAYS.includes(seller.address.country)) return { supplyFrom, supplyTo }
  if (!original) return { supplyFrom: issueDate, supplyTo: '' }
  const { content: before } = original
  return before.supplyFrom === ''
    ? { supplyFrom: original.issueDate, supplyTo: '' }
    : { supplyFrom: before.supplyFrom, supplyTo: before.supplyTo }
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
