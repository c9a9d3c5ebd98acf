/** Reads the query of the list of problems, and builds paths with changed queries. */
import { PROBLEM_VIEWS, type ProblemView } from '../../db/problem-list'
import { PROBLEM_KINDS, type ProblemKind } from '../../domain/problem'
import { routes } from '../../routes'
import { withQuery } from '../ui/with-query'

export interface ProblemQuery {
  view: ProblemView
  kind?: ProblemKind | undefined
  /** As typed or linked; empty = all addresses. */
  address: string
  before?: number | undefined
}

const MAX_ADDRESS_CHARS = 254

/** Reads the query parameters; invalid ones are left out. */
export function readProblemQuery({ view, kind, address = '', before = '' }: Record<string, string>): ProblemQuery {
  return {
    view: PROBLEM_VIEWS.find((known) => known === view) ?? 'open',
    kind: PROBLEM_KINDS.find((known) => known === kind),
    address: address.trim().slice(0, MAX_ADDRESS_CHARS),
    before: /^\d{1,15}$/.test(before) ? Number(before) : undefined,
  }
}

/** Returns the path of the list with a changed filter or page; of the first page without `before`. */
export function problemsPath({ view, kind, address }: ProblemQuery, change: Partial<ProblemQuery> = {}): string {
  const query = { view, kind, address, ...change }
  return withQuery(routes.problems, { ...query, view: query.view === 'open' ? undefined : query.view })
}
