/** Describes translations: the kinds of mail whose texts an account can change, and what is stored of them. */
import type { DocumentKind } from './document'

/** Mails to customers: a document's first mail, a repeated one, and one with a fresh link. */
export const MAIL_KINDS = ['invoice', 'receipt', 'credit_note', 'resend', 'fresh_link'] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/**
 * Mails that Facteur sends for the account: to members, about one mail that did not arrive or about several; an invitation; the link
 * that confirms the reply address. (Sign-in mails belong to no account: a person may be in several or none.)
 */
export const NOTICE_KINDS = ['problem_notice', 'problem_digest', 'invitation', 'reply_confirmation'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

export const TEXT_GROUPS = { customers: MAIL_KINDS, notices: NOTICE_KINDS } as const
export type TextGroup = keyof typeof TEXT_GROUPS

export const TEXT_KINDS = [...MAIL_KINDS, ...NOTICE_KINDS] as const
export type TextKind = MailKind | NoticeKind

export const isTextKind = (kind: string): kind is TextKind => (TEXT_KINDS as readonly string[]).includes(kind)
export const isNoticeKind = (kind: string): kind is NoticeKind => (NOTICE_KINDS as readonly string[]).includes(kind)

/** Returns the kind of mail for a document: its own, or `resend` for one that was sent before. */
export const mailKindOf = (kind: DocumentKind, origin: string): MailKind =>
  origin === 'resend' || origin === 'bulk_resend' ? 'resend' : kind

/** Subject and body, both with Liquid variables (`mail/variables.ts`); the body is Markdown. */
export interface Translation {
  subject: string
  body: string
}

/** An account's custom translation, which replaces the built-in one. */
export interface StoredTranslation extends Translation {
  language: string
  kind: TextKind
  /** Grows with every save. */
  version: number
}

export const findTranslation = (
  translations: readonly StoredTranslation[],
  language: string,
  kind: string,
): StoredTranslation | undefined => translations.find((text) => text.language === language && text.kind === kind)
