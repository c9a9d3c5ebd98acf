/** What a draft becomes when it is finalised, and what its preview shows. */
import { addDays } from './calendar'
import type { AccountSettings, Company } from './company'
import type { Contact } from './contact'
import type { Buyer, DocumentContent, DocumentKind, Paper } from './document'
import { chooseLanguage, localeFor } from './languages'
import type { Logo } from './logo'
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
  /** The account's date. */
  today: string
  /** What a credit note credits, as it was issued. */
  original?: Paper | undefined
}

const NOBODY: Buyer = {
  kind: 'company',
  name: '',
  address: { lines: [], postcode: '', town: '', region: '', country: '' },
  vatId: '',
}

/** Everything resolved: dates, language and totals no longer depend on anything. Only invoices have a due date. */
export function makePaper(parts: PaperParts): Omit<Paper, 'number'> {
  const { kind, test, seller, settings, logo, contact, content, today, original } = parts
  const issueDate = content.issueDate || today
  const wanted = content.language || contact?.language || settings.language
  return {
    kind,
    test,
    language: localeFor(wanted, chooseLanguage(settings, wanted)),
    currency: content.currency,
    issueDate,
    dueDate: kind === 'invoice' ? content.dueDate || addDays(issueDate, content.paymentTermsDays) : '',
    ...(kind === 'receipt' && { paid: paidOf(content, issueDate) }),
    seller,
    // Who has been forgotten since is still the one that the document was issued to.
    buyer: contact ? buyerOf(contact) : (original?.buyer ?? NOBODY),
    content,
    totals: computeTotals(content),
    ...(original && { refersTo: referenceTo(original) }),
    ...(logo && { logo }),
  }
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
