/** What a merchant's subject and body may name, and what each stands for in one mail. */
import { displayName } from '../domain/company'
import type { Translate } from '../i18n'
import { formatDate, formatMoney } from '../i18n/format'
import type { Scope } from './liquid'
import type { MailInput } from './render-mail'

/** Every variable; `mail.variable.<name>` describes it to people. */
export const VARIABLES = [
  'contact.name',
  'document.kind',
  'document.number',
  'document.total',
  'document.issue_date',
  'document.due_date',
  'document.order_number',
  'document.refers_to',
  'document.link',
  'company.name',
  'company.email',
  'company.phone',
] as const
export type Variable = (typeof VARIABLES)[number]

/** The only variable that is a whole address of a page, so the only one that may be a link's target by itself. */
export const LINK_VARIABLE: Variable = 'document.link'

export const isVariable = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name)

export interface VariableValues extends Scope {
  contact: Record<'name', string>
  document: Record<
    'kind' | 'number' | 'total' | 'issue_date' | 'due_date' | 'order_number' | 'refers_to' | 'link',
    string
  >
  company: Record<'name' | 'email' | 'phone', string>
}

/** Values as a reader of the mail's language sees them, each on one line. Empty where the document has none. */
export function variableValues(input: MailInput, t: Translate): VariableValues {
  const { document } = input
  const number = oneLine(document.number)
  const date = (iso: string) => (iso ? formatDate(iso, input.language) : '')
  return {
    contact: { name: oneLine(document.buyer.name) },
    document: {
      kind: t(`document.kind.${document.kind}`),
      number: input.provisional ? t('mail.provisional', { number }).trim() : number,
      total: formatMoney(document.totals.total, document.currency, input.language),
      issue_date: date(document.issueDate),
      due_date: date(document.dueDate),
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

/** Control characters, line and paragraph separators become spaces; runs of white space become one. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()
