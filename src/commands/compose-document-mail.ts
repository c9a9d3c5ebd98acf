import type { Company } from '../domain/company'
import { displayName } from '../domain/company'
import type { Paper } from '../domain/document'
import { pdfFileName } from '../domain/document-file-name'
import { composeMime } from '../mail/compose'
import { renderDocumentMail } from '../mail/render-mail'
import { builtInTranslation } from '../mail/translation'
import { routes } from '../routes'
import type { Deps } from './deps'

export interface DocumentMail {
  /** The delivery's id. */
  id: string
  to: string
  /** BCP 47, of the mail. */
  language: string
  /** For this send only; null = the translation's. */
  subject: string | null
  body: string | null
  paper: Paper
  /** The company as it is today: who the mail is from and where replies go. */
  company: Company
  /** Other customers' addresses of the same send. */
  alsoSentTo: string[]
  /** Of the hosted link. */
  token: string
  /** The document is a draft: its number may still change. */
  provisional: boolean
  /** The mail says that the PDF is attached. */
  attachesPdf: boolean
  /** The PDF itself; a preview goes without. */
  pdf?: Uint8Array | undefined
}

/**
 * The bytes of the mail that carries a document (RFC 5322, CRLF): the one way from a send to a mail, so that a preview is the mail.
 * Throws liquidjs's errors for a subject or body that `checkTranslation` would not have passed.
 */
export async function composeDocumentMail(deps: Pick<Deps, 'config' | 'now'>, mail: DocumentMail): Promise<Uint8Array> {
  const { APP_URL, MAIL_DOMAIN } = deps.config
  const { id, to, language, paper, company, token, pdf } = mail
  const own = builtInTranslation(paper.kind, language)
  const unsubscribeLink = APP_URL + routes.hostedUnsubscription(token)
  const rendered = renderDocumentMail({
    translation: { subject: mail.subject ?? own.subject, body: mail.body ?? own.body },
    language,
    document: { ...paper, seller: company },
    provisional: mail.provisional,
    link: APP_URL + routes.hosted(token),
    unsubscribeLink,
    alsoSentTo: mail.alsoSentTo,
    attachesPdf: mail.attachesPdf,
  })
  const envelope = {
    id,
    date: deps.now(),
    domain: MAIL_DOMAIN,
    to,
    company: displayName(company),
    replyTo: company.email,
    unsubscribeLink,
  }
  const attachments = pdf ? [{ filename: pdfFileName(paper), contentType: 'application/pdf', content: pdf }] : []
  return composeMime(rendered, envelope, attachments)
}
