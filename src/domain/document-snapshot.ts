/** What a draft becomes when it is finalised, and what its preview shows. */
import { addDays } from './calendar'
import type { AccountSettings, Company } from './company'
import type { Contact } from './contact'
import type { Buyer, DocumentContent, DocumentKind, Paper, Totals } from './document'
import { type OwnLabels, type Wording, wordingFor } from './labels'
import { languageChain, localeFor } from './languages'
import type { Logo } from './logo'
import { codeOf, type TaxReasonId, usedReasonCategories, usualReason } from './tax-reasons'
import { computeTotals } from './totals'

export interface PaperParts {
  kind: DocumentKind
  test: boolean
  seller: Company
  settings: AccountSettings
  logo?: Logo | null
  /** Absent on a draft that has none yet. */
  contact?: Contact | undefined
  content: DocumentContent
  /** The account's own. */
  labels?: readonly OwnLabels[]
  /** The account's date. */
  today: string
  /** What a credit note credits, as it was issued. */
  original?: Paper | undefined
  /** Our words for a reason why there is no tax, in a language of documents. */
  reasonText: (reason: TaxReasonId, wording: Wording) => string
}

const NOBODY: Buyer = {
  kind: 'company',
  name: '',
  address: { lines: [], postcode: '', town: '', region: '', country: '' },
  vatId: '',
}

/** Everything resolved: dates, language and totals no longer depend on anything. Only invoices have a due date. */
export function makePaper(parts: PaperParts): Omit<Paper, 'number'> {
  const { kind, test, seller, settings, logo, contact, content, today, original, labels = [] } = parts
  const issueDate = content.issueDate || today
  const wanted = content.language || contact?.language || settings.language
  const chain = languageChain(settings, wanted)
  const language = localeFor(wanted, chain[0] ?? wanted)
  const wording = wordingFor(chain, labels)
  const totals = computeTotals(content)
  const taxReasons = taxReasonsOf(parts, totals, wording)
  return {
    kind,
    test,
    language,
    wording,
    currency: content.currency,
    issueDate,
    dueDate: kind === 'invoice' ? content.dueDate || addDays(issueDate, content.paymentTermsDays) : '',
    ...(kind === 'receipt' && { paid: paidOf(content, issueDate) }),
    seller,
    // Who has been forgotten since is still the one that the document was issued to.
    buyer: contact ? buyerOf(contact) : (original?.buyer ?? NOBODY),
    content,
    totals,
    ...(taxReasons.length > 0 && { taxReasons }),
    ...(original && { refersTo: referenceTo(original) }),
    ...(logo && { logo }),
  }
}

function taxReasonsOf(
  { content, settings, seller, reasonText }: PaperParts,
  { taxes }: Totals,
  wording: Wording,
): NonNullable<Paper['taxReasons']> {
  return usedReasonCategories(taxes.map(({ category }) => category)).map((category) => {
    const told = content.taxReasons?.find((one) => one.category === category)
    const reason = told?.reason || usualReason(category, settings.taxRates)
    const code = codeOf(reason, category, seller.address.country)
    return { category, code, text: told?.text || reasonText(reason, wording) }
  })
}

const referenceTo = ({ kind, number, issueDate }: Paper): NonNullable<Paper['refersTo']> => ({
  kind: kind === 'receipt' ? 'receipt' : 'invoice',
  number,
  issueDate,
})

const paidOf = ({ paidOn, paymentMethod }: DocumentContent, issueDate: string): NonNullable<Paper['paid']> => ({
  on: paidOn || issueDate,
  ...(paymentMethod && { method: paymentMethod }),
})

const buyerOf = ({ kind, name, address, vatId }: Contact): Buyer => ({ kind, name, address, vatId })
