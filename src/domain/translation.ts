/** The kinds of mail whose words are the merchant's, and what is stored of them. */
import type { DocumentKind } from './document'

/** What customers get: a document's first mail, its repetition, and the one that brings a fresh link. */
export const MAIL_KINDS = ['invoice', 'receipt', 'credit_note', 'resend', 'fresh_link'] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/**
 * What Facteur mails in the account's business: one mail that did not arrive, or several, to members; an invitation to somebody who is
 * to become one; the link that confirms the reply address. (Who signs in may belong to several accounts or to none: that mail is nobody's.)
 */
export const NOTICE_KINDS = ['problem_notice', 'problem_digest', 'invitation', 'reply_confirmation'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

export const TEXT_GROUPS = { customers: MAIL_KINDS, notices: NOTICE_KINDS } as const
export type TextGroup = keyof typeof TEXT_GROUPS

export const TEXT_KINDS = [...MAIL_KINDS, ...NOTICE_KINDS] as const
export type TextKind = MailKind | NoticeKind

export const isTextKind = (kind: string): kind is TextKind => (TEXT_KINDS as readonly string[]).includes(kind)
export const isNoticeKind = (kind: string): kind is NoticeKind => (NOTICE_KINDS as readonly string[]).includes(kind)

/** Which text carries a document: its kind's, or the one for a document that was sent before. */
export const mailKindOf = (kind: DocumentKind, origin: string): MailKind =>
  origin === 'resend' || origin === 'bulk_resend' ? 'resend' : kind

/** Liquid variables (`mail/variables.ts`) in both; the body is Markdown. */
export interface Translation {
  subject: string
  body: string
}

/** A merchant's own text; where there is none, ours holds. */
export interface StoredTranslation extends Translation {
  language: string
  kind: TextKind
  /** Grows with every save. */
  version: number
}

export const findTranslation = (
  own: readonly StoredTranslation[],
  language: string,
  kind: string,
): StoredTranslation | undefined => own.find((text) => text.language === language && text.kind === kind)
