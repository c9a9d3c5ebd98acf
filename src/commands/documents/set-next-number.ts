import { findAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { findSeries, seriesName, setSeriesNext } from '../../db/series'
import { dateIn } from '../../domain/calendar'
import type { DocumentKind } from '../../domain/document'
import { numberFormat } from '../../domain/number-pattern'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

const MAX_NEXT = 999_999_999

export type NextNumberRefusal = 'not_found' | 'next_number_invalid' | 'next_number_taken' | 'next_number_lower'

/**
 * Sets where this period's counter begins, for merchants who come from another tool. Possible until the first number is
 * issued, and never to a lower value.
 */
export async function setNextNumber(
  deps: Deps,
  { accountId, actor, kind, next }: { accountId: string; actor: string; kind: DocumentKind; next: number },
): Promise<Result<null, NextNumberRefusal>> {
  if (!Number.isInteger(next) || next < 1 || next > MAX_NEXT) return refuse('next_number_invalid', { max: MAX_NEXT })
  const account = await findAccount(deps.db, accountId)
  if (!account) return refuse('not_found')
  const { numberPatterns, timeZone } = account.settings
  const { period } = numberFormat(numberPatterns[kind], dateIn(deps.now(), timeZone))
  const ref = { accountId, name: seriesName(kind, false), period }
  const current = await findSeries(deps.db, ref)
  if (current.next === next) return ok(null)
  const changes = [{ field: ref.name, from: String(current.next), to: String(next) }]
  const [set] = await runBatch(deps.db, [
    setSeriesNext(deps.db, ref, next),
    auditEntry(deps, { accountId, actor, action: 'next_number_set', subject: period, changes }),
  ])
  if (set?.results.length) return ok(null)
  return current.lastIssueDate ? refuse('next_number_taken') : refuse('next_number_lower', { next: current.next })
}
