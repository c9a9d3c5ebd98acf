import { findAccount } from '../db/accounts'
import { findSeries, seriesName, setSeriesNext } from '../db/series'
import { dateIn } from '../domain/calendar'
import type { DocumentKind } from '../domain/document'
import { numberFormat } from '../domain/number-pattern'
import { ok, type Result, refuse } from '../domain/result'
import type { Deps } from './deps'

const MAX_NEXT = 999_999_999

export type NextNumberRefusal = 'not_found' | 'next_number_invalid' | 'next_number_taken' | 'next_number_lower'

/** For those who come from another tool: where this period's counter begins, until its first number is out; never lower than it was. */
export async function setNextNumber(
  deps: Deps,
  { accountId, kind, next }: { accountId: string; kind: DocumentKind; next: number },
): Promise<Result<null, NextNumberRefusal>> {
  if (!Number.isInteger(next) || next < 1 || next > MAX_NEXT) return refuse('next_number_invalid', { max: MAX_NEXT })
  const account = await findAccount(deps.db, accountId)
  if (!account) return refuse('not_found')
  const { numberPatterns, timeZone } = account.settings
  const { period } = numberFormat(numberPatterns[kind], dateIn(deps.now(), timeZone))
  const ref = { accountId, name: seriesName(kind, false), period }
  if (await setSeriesNext(deps.db, ref, next)) return ok(null)
  const current = await findSeries(deps.db, ref)
  return current.lastIssueDate ? refuse('next_number_taken') : refuse('next_number_lower', { next: current.next })
}
