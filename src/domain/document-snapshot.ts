/** What a draft becomes when it is finalised, and what its preview shows. */
import { addDays } from './calendar'
import type { AccountSettings, Company } from './company'
import type { Contact } from './contact'
import type { Buyer, DocumentContent, DocumentKind, DocumentSnapshot, Totals } from './document'
import { type Labels, labelsFor, type StoredLabels } from './labels'
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
}

const NO_BUYER: Buyer = {
  kind: 'company',
  name: '',
  address: { lines: [], postcode: '', town: '', region: '', country: '' },
  vatId: '',
}

/** Everything resolved: dates, language and totals no longer depend on anything. Only invoices have a due date. */
export function makeSnapshot(parts: SnapshotParts): Omit<DocumentSnapshot, 'number'> {
  const { kind, test, seller, settings, logo, contact, content, today, original, storedLabels = [] } = parts
  const issueDate = content.issueDate || today
  const wanted = content.language || contact?.language || settings.language
  const chain = languageChain(settings, wanted)
  const language = localeFor(wanted, chain[0] ?? wanted)
  const labels = labelsFor(chain, storedLabels)
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
    // Who has been forgotten since is still the one that the document was issued to.
    buyer: contact ? buyerOf(contact) : (original?.buyer ?? NO_BUYER),
    content,
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
    const code = codeOf(reason, category, seller.address.country)
    return { category, code, text: told?.text || reasonText(reason, labels) }
  })
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
