/** @jsxImportSource react */
/** Compiles Markdown and React to Liquid templates, once for each text, language and shape of mail. */
import { DocumentMail, type DocumentMailContent } from '../../emails/document-mail'
import type { Settlement } from '../domain/balance'
import type { DocumentKind } from '../domain/document'
import type { Labels } from '../domain/labels'
import type { MailKind, Translation } from '../domain/translation'
import { labelTranslator } from '../i18n/labels'
import { type CompiledMail, compileText } from './compile-text'
import type { MailLogo } from './mail-input'
import { withDashes } from './missing-values'
import { Placeholders } from './placeholders'
import { documentMailText } from './plain-text'

/**
 * All that a compiled mail depends on. It contains no values of a single mail, so mails of one shape share a template.
 */
export interface MailShape {
  translation: Translation
  mailKind: MailKind
  labels: Labels
  language: string
  kind: DocumentKind
  test: boolean
  hasDueDate: boolean
  isPaid: boolean
  /** Why nothing is due on an invoice. */
  settlement: Settlement | null
  /** At least a part was credited. */
  isCredited: boolean
  hasIban: boolean
  hasBic: boolean
  hasPaymentNote: boolean
  /** Kind of the document that a credit note credits. */
  refersTo: 'invoice' | 'receipt' | null
  hasOthers: boolean
  isCopy: boolean
  hasUnsubscribe: boolean
  attachesPdf: boolean
  hasReplyTo: boolean
  hasRegistration: boolean
  logo?: MailLogo | undefined
}

/** Compiles a mail. Throws liquidjs's parse errors for a translation that `checkTranslation` would reject. */
export function compileMail(shape: MailShape): CompiledMail {
  const [subject, body] = [withDashes(shape.translation.subject), withDashes(shape.translation.body)]
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
  // An invoice shows the amount due; the other kinds their total.
  const amount = kind === 'invoice' ? value('mail.due') : total
  const status = statusOf(shape, value)
  const payment = paymentOf(shape, value)
  return {
    language: shape.language,
    title: value('mail.subject'),
    preheader: shape.settlement
      ? t('mail.preheader.settled', { number })
      : shape.hasDueDate
        ? t('mail.preheader.due', { total: amount, due, number })
        : t('mail.preheader', { total, number }),
    // schema.org has no credit note, and a card that asks for payment would be wrong on one, as on a test.
    ...(kind !== 'credit_note' && !shape.test && { jsonLd: value('mail.json_ld') }),
    ...(shape.test && { banner: t('mail.test.banner') }),
    sender: company,
    ...(shape.logo && { logo: { ...shape.logo, src: `cid:${shape.logo.cid}` } }),
    ...(status && { status }),
    body,
    summary: {
      amountLabel: t(`mail.${kind}.amount`),
      amount,
      rows: [
        { label: t(`mail.${kind}.number`), value: number },
        ...(shape.refersTo ? [{ label: t(`mail.refers_to.${shape.refersTo}`), value: value('mail.refers_to') }] : []),
        { label: t('mail.issue_date'), value: value('document.issue_date') },
        ...(shape.hasDueDate ? [{ label: t('mail.due_date'), value: due }] : []),
        ...(kind === 'invoice' && (shape.settlement || shape.isCredited)
          ? [{ label: t('document.total'), value: total }]
          : []),
        ...(shape.isCredited ? [{ label: t('mail.credited'), value: value('mail.credited') }] : []),
        ...(shape.isPaid ? [{ label: t('mail.paid_on'), value: value('mail.paid') }] : []),
      ],
      action: { label: t(`mail.${kind}.action`), href: value('document.link') },
    },
    ...(payment && { payment }),
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

type Value = (name: string) => string

/** Returns the state of an invoice, shown above the merchant's text; undefined while the whole amount is due. */
function statusOf({ labels, settlement, kind, isCredited }: MailShape, value: Value): string | undefined {
  const t = labelTranslator(labels)
  if (settlement === 'paid') return t('mail.settled.paid', { date: value('mail.paid') })
  if (settlement) return t(`mail.settled.${settlement}`)
  if (kind !== 'invoice' || !isCredited) return undefined
  const amounts = { credited: value('mail.credited'), total: value('document.total'), due: value('mail.due') }
  return t('mail.partly_credited', amounts)
}

/** Returns how to pay; undefined where nothing is due, or the document names neither an account nor a note. */
function paymentOf(
  { labels, hasIban, hasBic, hasPaymentNote }: MailShape,
  value: Value,
): DocumentMailContent['payment'] {
  if (!hasIban && !hasPaymentNote) return undefined
  const t = labelTranslator(labels)
  const rows = [
    { label: t('document.payment.holder'), value: value('mail.payee') },
    { label: 'IBAN', value: value('mail.iban') },
    ...(hasBic ? [{ label: 'BIC', value: value('mail.bic') }] : []),
    { label: t('document.payment.reference'), value: value('document.number') },
  ]
  return {
    title: t('document.payment'),
    rows: hasIban ? rows : [],
    ...(hasPaymentNote && { note: value('mail.payment_note') }),
  }
}
