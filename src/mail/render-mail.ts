/** The mail that carries a document: one function for the preview and for the delivery, so that the preview is the mail. */
import type { DocumentContent, Paper, Totals } from '../domain/document'
import type { Translation } from './translation'

/** What a mail tells of a document; a `Paper` is one. */
export type MailDocument = Pick<
  Paper,
  'kind' | 'number' | 'test' | 'currency' | 'issueDate' | 'dueDate' | 'seller' | 'buyer'
> & { totals: Pick<Totals, 'total'>; content: Pick<DocumentContent, 'orderNumber'> }

export interface MailInput {
  /** Subject and body as the merchant wrote them; `checkTranslation` finds nothing wrong with them. */
  translation: Translation
  /** BCP 47: of the mail, which need not be the document's. */
  language: string
  document: MailDocument
  /** The document is a draft: its number, if it has one yet, is marked as provisional wherever it appears. */
  provisional: boolean
  /** The hosted page, absolute. */
  link: string
  /** The page behind "Unsubscribe", absolute. */
  unsubscribeLink: string
  /** The other addresses of the same send. */
  alsoSentTo: string[]
  attachesPdf: boolean
}

export interface RenderedMail {
  /** One line. */
  subject: string
  html: string
  text: string
}

export declare function renderDocumentMail(input: MailInput): RenderedMail
