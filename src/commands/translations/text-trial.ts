import type { AccountTexts } from '../../domain/account-texts'
import type { AccountSettings, Company } from '../../domain/company'
import type { Logo } from '../../domain/logo'
import type { TextKind, Translation } from '../../domain/translation'

/** A text as it stands in the editor, and the document to try it on. */
export interface TextTrial extends Translation {
  accountId: string
  userId: string
  company: Company
  logo: Logo | null
  settings: AccountSettings
  language: string
  kind: TextKind
  /** A document of the account; null = a made-up one. */
  documentId: string | null
  /** Set to show no document or problem of the account in a notice. */
  madeUp?: boolean
  to: string
  /** The name of the person who tries it. */
  person: string
  /** The account's custom texts and labels. */
  accountTexts: AccountTexts
}
