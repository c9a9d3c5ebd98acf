/** What the list of problems is asked for, and the paths of the lists beside it. */
import { PROBLEM_VIEWS, type ProblemView } from '../../db/problem-list'
import { PROBLEM_KINDS, type ProblemKind } from '../../domain/problem'
import { routes } from '../../routes'

export interface ProblemQuery {
  view: ProblemView
  kind?: ProblemKind | undefined
  /** As typed or linked; empty = of all addresses. */
  address: string
  before?: number | undefined
}

const MAX_ADDRESS_CHARS = 254

/** What can't be read is left out. */
export function readProblemQuery({ view, kind, address = '', before = '' }: Record<string, string>): ProblemQuery {
  return {
    view: PROBLEM_VIEWS.find((one) => one === view) ?? 'open',
    kind: PROBLEM_KINDS.find((one) => one === kind),
    address: address.trim().slice(0, MAX_ADDRESS_CHARS),
    before: /^\d{1,15}$/.test(before) ? Number(before) : undefined,
  }
}

/** The list for another filter or page; without a position it is the first one. */
export function problemsPath({ view, kind, address }: ProblemQuery, change: Partial<ProblemQuery> = {}): string {
  const query = { view: view === 'open' ? undefined : view, kind, address, ...change }
  if (query.view === 'open') query.view = undefined
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, String(value)]] : []))
  return given.length > 0 ? `${routes.problems}?${new URLSearchParams(given)}` : routes.problems
}
