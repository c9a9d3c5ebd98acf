import { ifAny, runBatch } from '../../db/client'
import {
  type EventTarget,
  keepRawEvents,
  listEventTargets,
  moveByEvents,
  type StatusMove,
} from '../../db/delivery-events'
import { type HistoryRow, insertHistory } from '../../db/history'
import { refreshMailStates } from '../../db/mail-state'
import { recordProblems, releaseDelivered, settleArrived } from '../../db/problems'
import { suppressAddressesOf } from '../../db/suppressions'
import { DELIVERY_RANK, type DeliveryStatus } from '../../domain/delivery'
import { type DeliveryEvent, lowerPolicyBounce, statusOfEvent } from '../../domain/delivery-event'
import type { EventMessage } from '../../domain/messages'
import { countsAsGivenUp, isProblemStatus } from '../../domain/problem'
import { isTestDocument } from '../../domain/test-mode'
import { restSending } from '../accounts/rest-sending'
import type { Deps } from '../deps'

/**
 * Takes in what one provider connection reported. The happy path moves columns; everything else also enters History, and hard
 * bounces and complaints suppress, and what failed becomes a problem to tell the merchant. May run twice, late and out of order: the last word is the event's rank, not its time.
 */
export async function recordEvents(deps: Deps, message: EventMessage): Promise<void> {
  const { connection } = message
  const { db } = deps
  const now = deps.now()
  const events = message.events.map((event) => ({ ...event, class: lowerPolicyBounce(event.class, event.text) }))
  const ids = [...new Set(events.map((event) => event.deliveryId).filter((id) => id !== ''))]
  const targets = new Map((await listEventTargets(db, connection, ids)).map((target) => [target.id, target]))

  const known = events.flatMap((event) => {
    const target = targets.get(event.deliveryId)
    const status = statusOfEvent(event.class)
    return target && status ? [{ event, target, status }] : []
  })
  const kept = events.filter((event) => !isHappy(event) || !targets.has(event.deliveryId))
  const told = known.filter(({ event }) => !isHappy(event))
  const suppress = told.flatMap(({ event }) => suppressionOf(event))
  const failed = told.filter(({ status }) => isProblemStatus(status)).map(problemOf)
  const arrived = known.filter(({ target }) => target.status === 'unknown').map(({ target }) => target.id)
  const spokenFor = known
    .filter(({ target, status }) => status === 'delivered' && target.givenUp)
    .map(({ event, target }) => ({ deliveryId: target.id, at: event.at }))
  await runBatch(db, [
    // Lowest rank first, so that each move finds a row it may still lift.
    ...movesByRank(known).map((moves) => moveByEvents(db, connection, moves)),
    ...ifAny(told, (items) =>
      insertHistory(
        db,
        items.map((item) => historyOf(connection, item)),
      ),
    ),
    ...ifAny(suppress, (rows) => suppressAddressesOf(db, rows, now)),
    ...(failed.length > 0 ? recordProblems(failed, now) : []),
    ...ifAny(arrived, (ids) => settleArrived(ids, now)),
    ...(spokenFor.length > 0 ? releaseDelivered(spokenFor) : []),
    ...ifAny(kept, (rows) => keepRawEvents(db, connection, rows.map(rawOf), now)),
    db.run(refreshMailStates([...targets.values()])),
  ])
  await restSending(
    deps,
    told.filter(speaksAgainst).map(({ target }) => target.accountId),
  )
}

interface KnownEvent {
  event: DeliveryEvent
  target: EventTarget
  status: DeliveryStatus
}

/** A hard bounce or a complaint about a mail that was no test. */
const speaksAgainst = ({ status, target }: KnownEvent): boolean =>
  (status === 'bounced' || status === 'complained') && !isTestDocument(target.documentId)

const problemOf = ({ event, target, status }: KnownEvent) => ({
  deliveryId: target.id,
  givenUp: countsAsGivenUp(status, event.text),
})

const rawOf = (event: DeliveryEvent) => ({ key: event.key, deliveryId: event.deliveryId, event })

const isHappy = (event: DeliveryEvent): boolean => ['queued', 'sent', 'delivered'].includes(event.class)

function movesByRank(known: KnownEvent[]): StatusMove[][] {
  const moves = known.map(
    ({ event, status }): StatusMove => ({
      id: event.deliveryId,
      status,
      rank: DELIVERY_RANK[status],
      attempt: event.attempt,
      anyAttempt: ['delivered', 'bounced', 'complained'].includes(status),
      at: event.at,
      reason: event.reason ?? null,
      text: event.text || null,
    }),
  )
  // UPDATE … FROM takes one row for each target: the two moves of one delivery go in two statements.
  return [...Map.groupBy(moves, (move) => move.rank)].sort(([a], [b]) => a - b).map(([, group]) => group)
}

const HISTORY_TYPE = {
  deferred: 'deferred',
  soft_bounced: 'soft_bounced',
  bounced: 'bounced',
  dropped: 'dropped',
  failed: 'failed',
  complained: 'complained',
} as const

/** The id comes from the provider's, so a repeat adds nothing. */
function historyOf(connection: string, { event, target, status }: KnownEvent): HistoryRow {
  return {
    accountId: target.accountId,
    documentId: target.documentId,
    id: `his_${connection}_${event.key}`,
    at: event.at,
    type: HISTORY_TYPE[status as keyof typeof HISTORY_TYPE],
    actor: '',
    deliveryId: target.id,
    data: { reason: event.reason ?? '', text: event.text, attempt: event.attempt },
  }
}

function suppressionOf(event: DeliveryEvent): { deliveryId: string; reason: string; text: string }[] {
  const reason =
    event.class === 'bounced_hard'
      ? 'hard_bounce'
      : event.class === 'complained'
        ? 'complaint'
        : event.class === 'dropped'
          ? 'provider_suppression'
          : undefined
  return reason ? [{ deliveryId: event.deliveryId, reason, text: event.text }] : []
}
