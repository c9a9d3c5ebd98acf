/** @jsxImportSource react */
/** Once for each wording, language and shape of mail: Markdown and React become Liquid that only waits for values. */
import { DocumentMail, type DocumentMailContent } from '../../emails/document-mail'
import type { DocumentKind } from '../domain/document'
import type { Labels } from '../domain/labels'
import type { MailKind, Translation } from '../domain/translation'
import { labelTranslator } from '../i18n/labels'
import { type CompiledMail, compileText } from './compile-text'
import { Placeholders } from './placeholders'
import { documentMailText } from './plain-text'

/** All that a compiled mail depends on. Values of one mail are not in it, so mails of one shape share a compile. */
export interface MailShape {
  translation: Translation
  mailKind: MailKind
  labels: Labels
  language: string
  kind: DocumentKind
  test: boolean
  hasDueDate: boolean
  isPaid: boolean
  /** What a credit note credits. */
  refersTo: 'invoice' | 'receipt' | null
  hasOthers: boolean
  isCopy: boolean
  hasUnsubscribe: boolean
  attachesPdf: boolean
  hasReplyTo: boolean
  hasRegistration: boolean
  logo?: MailLogo | undefined
}

export interface MailLogo {
  /** Content-ID of the inline image. */
  cid: string
  /** CSS pixels. */
  width: number
  height: number
}

/** Throws liquidjs's parse errors for a translation that `checkTranslation` would not have passed. */
export function compileMail(shape: MailShape): CompiledMail {
  const { subject, body } = shape.translation
  const placeholders = new Placeholders(subject + body)
  const prefix = shape.test ? `${labelTranslator(shape.labels)('mail.test.prefix')} ` : ''
  return compileText({ subject: prefix + subject, body, language: shape.language }, placeholders, (written) => {
    const content = mailContent(shape, placeholders, written)
    return { layout: <DocumentMail {...content} />, text: documentMailText(content) }
  })
}

function mailContent(
  shape: MailShape,
  placeholders: Placeholders,
  body: DocumentMailContent['body'],
): DocumentMailContent {
  const { kind, mailKind } = shape
  const t = labelTranslator(shape.labels)
  const value = (name: string) => placeholders.variable(name)
  const company = value('company.name')
  const number = value('document.number')
  const total = value('document.total')
  const due = value('document.due_date')
  return {
    language: shape.language,
    title: value('mail.subject'),
    preheader: shape.hasDueDate
      ? t('mail.preheader.due', { total, due, number })
      : t('mail.preheader', { total, number }),
    // schema.org has no credit note, and a card that asks for payment would be wrong.
    ...(kind !== 'credit_note' && { jsonLd: value('mail.json_ld') }),
    ...(shape.test && { banner: t('mail.test.banner') }),
    sender: company,
    ...(shape.logo && { logo: { ...shape.logo, src: `cid:${shape.logo.cid}` } }),
    body,
    summary: {
      amountLabel: t(mailKind === 'fresh_link' ? 'document.total' : `mail.${kind}.amount`),
      amount: total,
      rows: [
        { label: t(`mail.${kind}.number`), value: number },
        ...(shape.refersTo ? [{ label: t(`mail.refers_to.${shape.refersTo}`), value: value('mail.refers_to') }] : []),
        { label: t('mail.issue_date'), value: value('document.issue_date') },
        ...(shape.hasDueDate ? [{ label: t('mail.due_date'), value: due }] : []),
        ...(shape.isPaid ? [{ label: t('mail.paid_on'), value: value('mail.paid') }] : []),
      ],
      action: { label: t(`mail.${kind}.action`), href: value('document.link') },
    },
    notes: [
      ...(shape.attachesPdf ? [t('mail.pdf_attached')] : []),
      ...(shape.hasOthers
        ? [t(shape.isCopy ? 'mail.copy.note' : 'mail.also_sent_to', { addresses: value('mail.others') })]
        : []),
      ...(shape.hasReplyTo ? [t('mail.replies', { email: value('company.email') })] : []),
    ],
    footer: {
      lines: [
        value('mail.sender_address'),
        ...(shape.hasRegistration ? [value('mail.sender_registration')] : []),
        t(mailKind === 'fresh_link' ? 'mail.fresh_link.why' : 'mail.via', { company }),
      ],
      ...(shape.hasUnsubscribe && {
        unsubscribe: { label: t('mail.unsubscribe'), href: value('mail.unsubscribe_link') },
      }),
    },
  }
}
