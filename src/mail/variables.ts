/** Defines the variables of a merchant's subject and body, and computes their values in a mail with a document. */
import { displayName } from '../domain/company'
import { headerText } from '../domain/header-text'
import { isNoticeKind, type NoticeKind, type TextKind } from '../domain/translation'
import type { Translate } from '../i18n'
import { formatDate, formatMoney } from '../i18n/format'
import type { Scope } from './liquid'
import type { MailInput } from './mail-input'

/** Variables of mails with a document. `mail.variable.<name>` describes each to people. */
export const DOCUMENT_VARIABLES = [
  'contact.name',
  'document.kind',
  'document.number',
  'document.total',
  'document.amount_due',
  'document.issue_date',
  'document.due_date',
  'document.order_number',
  'document.refers_to',
  'document.link',
  'company.name',
  'company.email',
  'company.phone',
] as const

/** Variables of notices, whose values `notice-values.ts` computes. */
const NOTICE_VARIABLES = {
  problem_notice: [
    'problem.summary',
    'problem.status',
    'problem.reason',
    'problem.meaning',
    'problem.server_text',
    'problem.address',
    'problem.link',
    'contact.name',
    'document.kind',
    'document.number',
    'company.name',
  ],
  problem_digest: ['problems.count', 'problems.link', 'company.name'],
  invitation: ['person.name', 'company.name'],
  reply_confirmation: ['company.name', 'company.email'],
} as const satisfies Record<NoticeKind, readonly string[]>

export type Variable = (typeof DOCUMENT_VARIABLES)[number] | (typeof NOTICE_VARIABLES)[NoticeKind][number]

/** Returns the variables that a text of this kind may use. */
export const variablesOf = (kind: TextKind): readonly Variable[] =>
  isNoticeKind(kind) ? NOTICE_VARIABLES[kind] : DOCUMENT_VARIABLES

/** Variables that are the whole address of a page. Only these may be a link's target by themselves. */
export const LINK_VARIABLES: readonly Variable[] = ['document.link', 'problem.link', 'problems.link']

/**
 * Returns false for notices that go to people outside the account in Facteur's name. A merchant's link in them could be used for
 * phishing, so they contain only links of Facteur.
 */
export const mayLink = (kind: TextKind): boolean => kind !== 'invitation' && kind !== 'reply_confirmation'

export interface VariableValues extends Scope {
  contact: Record<'name', string>
  document: Record<
    'kind' | 'number' | 'total' | 'amount_due' | 'issue_date' | 'due_date' | 'order_number' | 'refers_to' | 'link',
    string
  >
  company: Record<'name' | 'email' | 'phone', string>
}

/** Returns the values in the mail's language, each on one line; empty if the document has none. */
export function variableValues(input: MailInput, t: Translate): VariableValues {
  const { document, balance } = input
  const asks = balance.due > 0
  const number = oneLine(document.number)
  const date = (iso: string) => (iso ? formatDate(iso, input.language) : '')
  return {
    contact: { name: oneLine(document.buyer.name) },
    document: {
      kind: t(`document.kind.${document.kind}`),
      number: input.provisional ? t('mail.provisional', { number }).trim() : number,
      total: formatMoney(document.totals.total, document.currency, input.language),
      // Empty where nothing is owed, so that a condition on it holds only while the mail asks for money.
      amount_due: asks ? formatMoney(balance.due, document.currency, input.language) : '',
      issue_date: date(document.issueDate),
      due_date: asks ? date(document.dueDate) : '',
      order_number: oneLine(document.content.orderNumber),
      refers_to: oneLine(document.refersTo?.number ?? ''),
      link: input.link,
    },
    company: {
      name: oneLine(displayName(document.seller)),
      email: oneLine(document.seller.email),
      phone: oneLine(document.seller.phone),
    },
  }
}

/** Replaces control characters and line separators by spaces, and runs of white space by one space. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()

const MAX_SUBJECT_LENGTH = 250

/** Returns a filled subject that is safe in a header; `otherwise` if it is empty, since its variables have no value. */
export const subjectLine = (text: string, otherwise: string): string =>
  (headerText(text) || otherwise).slice(0, MAX_SUBJECT_LENGTH).toWellFormed()
