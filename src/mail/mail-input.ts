/** Declares the input of a document's mail and the rendered mail. */
import type { Balance } from '../domain/balance'
import type { Company } from '../domain/company'
import type { DocumentContent, DocumentSnapshot, Totals } from '../domain/document'
import type { Labels } from '../domain/labels'
import type { MailKind, Translation } from '../domain/translation'

/** The part of a document snapshot that its mail shows. */
export type MailDocument = Pick<
  DocumentSnapshot,
  'kind' | 'number' | 'test' | 'currency' | 'issueDate' | 'dueDate' | 'seller' | 'buyer' | 'paid' | 'refersTo'
> & { totals: Pick<Totals, 'total'>; content: Pick<DocumentContent, 'orderNumber'> }

export interface MailInput {
  /** Subject and body, which `checkTranslation` has passed. */
  translation: Translation
  /** Labels around the text; absent = the built-in ones. */
  labels?: Labels
  /** The kind of mail that the text is for. */
  mailKind: MailKind
  /** BCP 47. The language of the mail, which may differ from the document's. */
  language: string
  document: MailDocument
  /** The amount due on the document now. */
  balance: Balance
  /** Account to pay to: the seller as the document names it. */
  payee: Pick<Company, 'legalName' | 'iban' | 'bic' | 'paymentNote'>
  /** True for a draft: its number, if it has one yet, is marked as provisional wherever it appears. */
  provisional: boolean
  /** Absolute address of the hosted page. */
  link: string
  /** Absolute address of the page behind "Unsubscribe"; undefined where the mail has no such link. */
  unsubscribeLink: string | undefined
  /** The other addresses of the same send; for the merchant's copy, all of them. */
  alsoSentTo: string[]
  /** True for the copy that the merchant receives. */
  isCopy?: boolean
  attachesPdf: boolean
  /** The merchant's logo, attached to the mail. */
  logo?: MailLogo | undefined
}

export interface RenderedMail {
  /** BCP 47. Language of the text, for `Content-Language`. */
  language: string
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
