/** Translations: the kinds of mail whose texts an account can change, and what is stored of them. */
import type { DocumentKind } from './document'
import type { AccountTexts } from './labels'
import type { LanguageSettings } from './languages'
import { isBuiltIn, languagesOf } from './languages'

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

export interface LanguageState {
  language: string
  /** Built-in texts fill what the account has not changed, so nothing is missing. */
  builtIn: boolean
  isDefault: boolean
  /** Custom translations. */
  changed: TextKind[]
  /** Translations that come from another language. */
  missing: TextKind[]
  /** The same for labels, by key. */
  changedLabels: string[]
  missingLabels: string[]
}

/**
 * Returns the account's languages in their order, with what is custom and what is missing.
 * @param labelKeys keys of all labels
 */
export const languageStates = (
  settings: LanguageSettings,
  accountTexts: AccountTexts,
  labelKeys: readonly string[],
): LanguageState[] =>
  languagesOf(settings).map((language) => {
    const changed = TEXT_KINDS.filter((kind) => findTranslation(accountTexts.texts, language, kind))
    const customLabels = accountTexts.labels.find((labels) => labels.language === language)
    const changedLabels = Object.keys(customLabels?.texts ?? {})
    const builtIn = isBuiltIn(language)
    return {
      language,
      builtIn,
      isDefault: language === settings.language,
      changed,
      missing: builtIn ? [] : TEXT_KINDS.filter((kind) => !changed.includes(kind)),
      changedLabels,
      missingLabels: builtIn ? [] : labelKeys.filter((key) => !changedLabels.includes(key)),
    }
  })
