import type { AccountTexts } from '../../domain/account-texts'
import type { Balance } from '../../domain/balance'
import type { Company } from '../../domain/company'
import { displayName } from '../../domain/company'
import type { DocumentSnapshot } from '../../domain/document'
import { pdfFileName } from '../../domain/document-file-name'
import { labelsFor } from '../../domain/labels'
import { type LanguageSettings, languageChain, localeFor } from '../../domain/languages'
import { fitInto, type Logo } from '../../domain/logo'
import type { MailKind } from '../../domain/translation'
import { type Attachment, composeMime } from '../../mail/compose'
import { renderDocumentMail } from '../../mail/render-mail'
import { translationFor } from '../../mail/translation'
import { routes } from '../../routes'
import type { Deps } from '../deps'

/** Recipient, sender and texts of a mail, which a preview chooses as a send does. */
export interface MailText {
  to: string
  /** Other customers' addresses of the same send. */
  alsoSentTo: string[]
  /** The company as it is today: who the mail is from and where replies go. */
  company: Company
  /** Selects the account's text for the mail. */
  mailKind: MailKind
  /** BCP 47, as requested by the send. `languageChain` maps it to the languages that the account has. */
  language: string
  languages: LanguageSettings
  /** The account's custom texts, at least those of this mail kind and its languages. */
  accountTexts: AccountTexts
  /** For this send only; null = the translation's. */
  subject: string | null
  body: string | null
}

export interface DocumentMail extends MailText {
  /** The delivery's id. */
  id: string
  snapshot: DocumentSnapshot
  /** Amount due when the mail is made. */
  balance: Balance
  /** A copy for the merchant. It has no unsubscribe link, since that would unsubscribe the customer. */
  isCopy?: boolean
  /** Token of the hosted link. */
  token: string
  /**
   * Absolute address instead of the hosted page: a trial has no hosted page, and a copy links to the document in the
   * app.
   */
  link?: string
  /** The document is a draft: its number may still change. */
  provisional: boolean
  /** The mail says that the PDF is attached. */
  attachesPdf: boolean
  /** The account's logo as it is today, with its image; undefined = it has none. */
  logo?: { logo: Logo; image: Uint8Array } | undefined
  /** The PDF; absent in a preview. */
  pdf?: Uint8Array | undefined
  /** The document's files; absent in a preview. */
  attachments?: readonly Attachment[]
}

/**
 * Returns the bytes of the mail that carries a document (RFC 5322, CRLF). Sends and previews both use it, so they are
 * equal. Throws liquidjs's errors for a subject or body that `checkTranslation` rejects.
 */
export async function composeDocumentMail(deps: Pick<Deps, 'config' | 'now'>, mail: DocumentMail): Promise<Uint8Array> {
  const { APP_URL, MAIL_DOMAIN } = deps.config
  const { id, to, mailKind, snapshot, company, token, pdf, logo } = mail
  const cid = logo ? `logo.${logo.logo.sha256.slice(0, 32)}@${MAIL_DOMAIN}` : ''
  const chain = languageChain(mail.languages, mail.language)
  const translation = translationFor(mailKind, chain, mail.accountTexts.texts)
  // A subject and body typed for this mail are in the requested language, even if the translation would be in a fallback.
  const textLanguage =
    mail.subject !== null && mail.body !== null ? (chain[0] ?? translation.language) : translation.language
  const unsubscribeLink = mail.isCopy ? undefined : APP_URL + routes.hostedUnsubscription(token)
  const rendered = renderDocumentMail({
    translation: { subject: mail.subject ?? translation.subject, body: mail.body ?? translation.body },
    mailKind,
    // In the document's language the mail uses the labels of the snapshot, even if they have changed since.
    labels:
      snapshot.labels?.language === textLanguage
        ? snapshot.labels
        : labelsFor(languageChain(mail.languages, textLanguage), mail.accountTexts.labels),
    language: localeFor(mail.language, textLanguage),
    document: { ...snapshot, seller: company },
    balance: mail.balance,
    // The payee of the snapshot, even if the account's bank details have changed since.
    payee: snapshot.seller,
    provisional: mail.provisional,
    link: mail.link ?? APP_URL + routes.hosted(token),
    unsubscribeLink,
    alsoSentTo: mail.alsoSentTo,
    isCopy: mail.isCopy ?? false,
    attachesPdf: mail.attachesPdf,
    logo: logo && { cid, ...logoSize(logo.logo) },
  })
  const envelope = {
    id,
    date: deps.now(),
    domain: MAIL_DOMAIN,
    to,
    company: displayName(company),
    replyTo: company.email,
    ...(unsubscribeLink && { unsubscribeLink }),
  }
  const pdfs = pdf ? [{ filename: pdfFileName(snapshot), contentType: 'application/pdf', content: pdf }] : []
  const images = logo ? [{ cid, contentType: logo.logo.type, content: logo.image }] : []
  return composeMime(rendered, envelope, [...pdfs, ...(mail.attachments ?? [])], images)
}

/** Limits the logo's size in CSS pixels. The image itself may have more pixels, so that it is sharp on every screen. */
const LOGO_BOX = { width: 200, height: 64 }

function logoSize(logo: Logo): { width: number; height: number } {
  const { width, height } = fitInto(logo, LOGO_BOX, 1)
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) }
}
