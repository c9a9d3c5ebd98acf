/** What a list of documents is asked for, and the paths of the lists beside it. */
import type { DocumentFilter } from '../../../db/document-list'
import { MAIL_STATES } from '../../../domain/delivery'
import { DOCUMENT_KINDS, type DocumentKind } from '../../../domain/document'
import { type DocumentState, statesOf } from '../../../domain/document-state'
import { formatNumber, numberFormat } from '../../../domain/number-pattern'
import { TEST_NUMBER } from '../../../domain/test-mode'
import { routes } from '../../../routes'

export const MAIL_FILTERS = [...MAIL_STATES, 'kept_back'] as const
export type MailChoice = (typeof MAIL_FILTERS)[number]

export interface ListQuery {
  /** As typed; empty = no search. */
  q: string
  /** Undefined = all kinds. */
  kind?: DocumentKind | undefined
  state?: DocumentState | undefined
  mail?: MailChoice | undefined
  /** Where the page begins: ids in a list, the search's own position in a search. */
  before?: string | undefined
  after?: string | undefined
}

const MAX_SEARCH_CHARS = 60
const MAX_POSITION_CHARS = 200

/** What can't be read is left out. */
export function readListQuery({ q = '', state, mail, before, after, ...query }: Record<string, string>): ListQuery {
  const kind = DOCUMENT_KINDS.find((one) => one === query.kind)
  return {
    q: q.trim().slice(0, MAX_SEARCH_CHARS),
    kind,
    state: statesOf(kind).find((one) => one === state),
    mail: MAIL_FILTERS.find((one) => one === mail),
    before: before?.slice(0, MAX_POSITION_CHARS) || undefined,
    after: after?.slice(0, MAX_POSITION_CHARS) || undefined,
  }
}

/** The list for another filter or page; without a position it is the first one. */
export function listPath({ q, kind, state, mail }: ListQuery, change: Partial<ListQuery> = {}): string {
  const query = { q, kind, state, mail, ...change }
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return given.length > 0 ? `${routes.documents}?${new URLSearchParams(given)}` : routes.documents
}

export const filterOf = ({ kind, state, mail }: ListQuery, today: string, test: boolean): DocumentFilter => ({
  test,
  kind,
  state,
  mailState: mail,
  today,
})

/**
 * What the number begins with when somebody types `q`. Where the pattern begins with text, digits alone mean the counter of this
 * year: 42 → INV-2026-0042. Patterns are mostly in capitals, and nobody types those. Nor does anybody type what test numbers begin with.
 */
export function numberPrefix(q: string, pattern: string, today: string, test: boolean): string {
  if (test && !q.toUpperCase().startsWith(TEST_NUMBER)) return TEST_NUMBER + numberPrefix(q, pattern, today, false)
  const format = numberFormat(pattern, today)
  if (/^\d{1,9}$/.test(q) && /^\D/.test(format.before)) return formatNumber(format, Number(q))
  return pattern === pattern.toUpperCase() ? q.toUpperCase() : q
}
