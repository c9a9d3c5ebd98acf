import type { SQLWrapper } from 'drizzle-orm'
import type { DeliveryStatus } from '../domain/delivery'
import { countsAsGivenUp, isProblemStatus } from '../domain/problem'
import { type Db, ifAny } from './client'
import { type HistoryRow, type HistoryType, insertHistory } from './history'
import { type DocumentRef, refreshMailStates } from './mail-state'
import { recordProblems } from './problems'
import { suppressAddressesOf } from './suppressions'

/** What becomes of one delivery. */
export interface DeliveryEnd {
  delivery: DocumentRef & { id: string }
  status: DeliveryStatus
  /** False where there is nothing left that a merchant could look at. */
  makesProblem?: boolean
  /** The server's text, as far as it says why. */
  text?: string | null | undefined
  /** Absent where the delivery's own columns say it all. */
  history?: Pick<HistoryRow, 'id' | 'at' | 'data'> & { type: HistoryType }
  /** The address must not be written to any more, and why. */
  suppress?: { reason: string; text: string } | undefined
}

/**
 * Returns the statements that move deliveries and write all that hangs on it: History, suppressions, problems for the merchant, and
 * the mail states of their documents. For one batch; repeated, it changes nothing. Problems are found by the state that the rows then
 * have, so a delivery that `moves` leaves alone makes none.
 * @param moves the guarded updates of the rows themselves
 */
export function endDeliveries(
  db: Db,
  ends: readonly DeliveryEnd[],
  moves: readonly SQLWrapper[],
  now: number,
): SQLWrapper[] {
  const history = ends.flatMap(historyOf)
  const suppress = ends.flatMap(({ delivery, suppress }) =>
    suppress ? [{ deliveryId: delivery.id, ...suppress }] : [],
  )
  const problems = ends.flatMap(({ delivery, status, text, makesProblem = true }) =>
    makesProblem && isProblemStatus(status)
      ? [{ deliveryId: delivery.id, givenUp: countsAsGivenUp(status, text ?? '') }]
      : [],
  )
  return [
    ...moves,
    ...ifAny(history, (rows) => insertHistory(db, rows)),
    ...ifAny(suppress, (rows) => suppressAddressesOf(db, rows, now)),
    ...(problems.length > 0 ? recordProblems(problems, now) : []),
    ...ifAny(documentsOf(ends), (refs) => refreshMailStates(refs)),
  ]
}

const documentsOf = (ends: readonly DeliveryEnd[]): DocumentRef[] => [
  ...new Map(ends.map(({ delivery }) => [`${delivery.accountId} ${delivery.documentId}`, delivery])).values(),
]

function historyOf({ delivery, history }: DeliveryEnd): HistoryRow[] {
  if (!history) return []
  const { accountId, documentId, id: deliveryId } = delivery
  return [{ accountId, documentId, ...history, actor: '', deliveryId }]
}

/** The end of a delivery that no server was asked to take: the row and its History carry the same reason. */
export const endedByUs = (
  delivery: DeliveryEnd['delivery'],
  status: 'failed' | 'dropped',
  reason: string,
  at: number,
): DeliveryEnd => ({
  delivery,
  status,
  history: { id: `his_${delivery.id}_${status}`, at, type: status, data: { reason } },
})
