/** Reads the query of a list of documents, and builds paths with changed queries. */
import { MAIL_STATES } from '../../../domain/delivery'
import { DOCUMENT_KINDS, type DocumentKind } from '../../../domain/document'
import type { DocumentFilter } from '../../../domain/document-filter'
import { type DocumentState, statesOf } from '../../../domain/document-state'
import { formatNumber, numberFormat } from '../../../domain/number-pattern'
import { TEST_NUMBER } from '../../../domain/test-mode'
import { routes } from '../../../routes'
import { withQuery } from '../../ui/with-query'

export const MAIL_FILTERS = [...MAIL_STATES, 'kept_back'] as const
export type MailChoice = (typeof MAIL_FILTERS)[number]

/** All fields are required, so that the compiler finds every place that a new one needs; undefined = all. */
export interface ListQuery {
  /** As typed; empty = no search. */
  q: string
  kind: DocumentKind | undefined
  state: DocumentState | undefined
  mail: MailChoice | undefined
  /** Start of the page: an id in a list, a cursor in a search. */
  before: string | undefined
  after: string | undefined
}

const MAX_SEARCH_CHARS = 60
const MAX_POSITION_CHARS = 200

/** Reads the query parameters; invalid ones are left out. */
export function readListQuery({ q = '', state, mail, before, after, ...query }: Record<string, string>): ListQuery {
  const kind = DOCUMENT_KINDS.find((known) => known === query.kind)
  return {
    q: q.trim().slice(0, MAX_SEARCH_CHARS),
    kind,
    state: statesOf(kind).find((known) => known === state),
    mail: MAIL_FILTERS.find((known) => known === mail),
    before: before?.slice(0, MAX_POSITION_CHARS) || undefined,
    after: after?.slice(0, MAX_POSITION_CHARS) || undefined,
  }
}

/**
 * Returns the path of the list with all filters of its query, changed by `change`; of the first page without `before` and `after`. A bulk
 * send of all that the list shows reads its filters from here too.
 */
export const listPath = ({ before: _, after: __, ...filters }: ListQuery, change: Partial<ListQuery> = {}): string =>
  withQuery(routes.documents, { ...filters, ...change })

/** Returns true if the list is searched, filtered or on a later page. */
export const isFiltered = (query: ListQuery): boolean => Object.values(query).some((value) => value)

export const filterOf = ({ kind, state, mail }: ListQuery, today: string, test: boolean): DocumentFilter => ({
  test,
  kind,
  state,
  mailState: mail,
  today,
})

/**
 * Returns the prefix of the numbers to search for. If the pattern begins with text, digits alone mean this year's counter:
 * 42 → INV-2026-0042. A person need not type capitals, nor the prefix of test numbers.
 */
export function numberPrefix(q: string, pattern: string, today: string, test: boolean): string {
  if (test && !q.toUpperCase().startsWith(TEST_NUMBER)) return TEST_NUMBER + numberPrefix(q, pattern, today, false)
  const format = numberFormat(pattern, today)
  if (/^\d{1,9}$/.test(q) && /^\D/.test(format.before)) return formatNumber(format, Number(q))
  return pattern === pattern.toUpperCase() ? q.toUpperCase() : q
}
