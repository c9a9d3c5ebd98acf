/** What a document's mail is made of, and what it becomes. */
import type { Balance } from '../domain/balance'
import type { Company } from '../domain/company'
import type { DocumentContent, DocumentSnapshot, Totals } from '../domain/document'
import type { Labels } from '../domain/labels'
import type { MailKind, Translation } from '../domain/translation'

/** What a mail says of a document; a `DocumentSnapshot` is one. */
export type MailDocument = Pick<
  DocumentSnapshot,
  'kind' | 'number' | 'test' | 'currency' | 'issueDate' | 'dueDate' | 'seller' | 'buyer' | 'paid' | 'refersTo'
> & { totals: Pick<Totals, 'total'>; content: Pick<DocumentContent, 'orderNumber'> }

export interface MailInput {
  /** Subject and body as the merchant wrote them; `checkTranslation` finds nothing wrong with them. */
  translation: Translation
  /** What is said around it; absent = ours. */
  labels?: Labels
  /** Which text that is. */
  mailKind: MailKind
  /** BCP 47: of the mail, which need not be the document's. */
  language: string
  document: MailDocument
  /** What is owed on the document at this moment. */
  balance: Balance
  /** Whom to pay: the seller as the document names it. */
  payee: Pick<Company, 'legalName' | 'iban' | 'bic' | 'paymentNote'>
  /** The document is a draft: its number, if it has one yet, is marked as provisional wherever it appears. */
  provisional: boolean
  /** The hosted page, absolute. */
  link: string
  /** The page behind "Unsubscribe", absolute; undefined where nobody may unsubscribe by it. */
  unsubscribeLink: string | undefined
  /** The other addresses of the same send; for a copy, all of them. */
  alsoSentTo: string[]
  /** The merchant's own copy. */
  isCopy?: boolean
  attachesPdf: boolean
  /** The merchant's logo, which travels with the mail. */
  logo?: MailLogo | undefined
}

export interface RenderedMail {
  /** One line. */
  subject: string
  html: string
  text: string
}

export interface MailLogo {
  /** Content-ID of the inline image. */
  cid: string
  /** CSS pixels. */
  width: number
  height: number
}
