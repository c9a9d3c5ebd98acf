import type { SQLWrapper } from 'drizzle-orm'
import type { DeliveryStatus } from '../domain/delivery'
import { countsAsGivenUp, isProblemStatus } from '../domain/problem'
import { type Db, ifAny } from './client'
import { type HistoryRow, type HistoryType, insertHistory } from './history'
import { type DocumentRef, refreshMailStates } from './mail-state'
import { recordProblems } from './problems'
import { suppressAddressesOf } from './suppressions'

/** How one delivery ends. */
export interface DeliveryEnd {
  delivery: DocumentRef & { id: string }
  status: DeliveryStatus
  /** False when the delivery's document is missing, so that a problem could not be shown. */
  makesProblem?: boolean
  /** The server's response, if it states the cause. */
  text?: string | null | undefined
  /** Absent when the delivery's columns are enough. */
  history?: Pick<HistoryRow, 'id' | 'at' | 'data'> & { type: HistoryType }
  /** Suppresses the address for this reason. */
  suppress?: { reason: string; text: string } | undefined
}

/**
 * Builds the statements that end deliveries and write what follows: History, suppressions, problems, and the mail states of their
 * documents. For one batch; repeated, it changes nothing. Problems are selected by the status after `moves`, so a delivery that `moves`
 * does not change gets none.
 * @param moves the guarded updates of the deliveries
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

/** Describes the end of a delivery that was not handed to a server. The delivery and its History get the same reason. */
export const endedUnsent = (
  delivery: DeliveryEnd['delivery'],
  status: 'failed' | 'dropped',
  reason: string,
  at: number,
): DeliveryEnd => ({
  delivery,
  status,
  history: { id: `his_${delivery.id}_${status}`, at, type: status, data: { reason } },
})
