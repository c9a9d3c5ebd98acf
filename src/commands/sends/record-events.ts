import { ifAny, runBatch } from '../../db/client'
import {
  type EventTarget,
  insertRawEvents,
  moveByEvents,
  type RawEvent,
  type StatusMove,
  settleRawEvents,
} from '../../db/delivery-events'
import { type DeliveryEnd, endDeliveries } from '../../db/end-deliveries'
import { resetFailuresOfDelivered, settleArrived } from '../../db/problems'
import { DELIVERY_RANK, type DeliveryStatus } from '../../domain/delivery'
import { type DeliveryEvent, lowerPolicyBounce, statusOfEvent } from '../../domain/delivery-event'
import type { EventMessage } from '../../domain/messages'
import { isTestDocument } from '../../domain/test-mode'
import type { Deps } from '../deps'
import { matchEvents } from './match-events'
import { restSending } from './rest-sending'

/** How long an event that finds no delivery is tried again. */
const MATCH_MS = 10 * 60_000

/**
 * Records the events that one provider connection reported. Accepted and delivered mails only update columns. Other events also add
 * a History row; hard bounces and complaints suppress the address, and failures become problems for the merchant. Events may be
 * repeated, late and out of order: the rank of an event decides, not its time. An event that finds no delivery is kept and tried again
 * for ten minutes (`rematch-events.ts`).
 * @param again whether the events are kept ones that are tried again
 */
export async function recordEvents(deps: Deps, message: EventMessage, { again = false } = {}): Promise<void> {
  const { connection } = message
  const { db } = deps
  const now = deps.now()
  const settled = (found: DeliveryEvent[]) => settleRawEvents(connection, found.map(rawOf))
  const events = message.events.map((event) => ({ ...event, class: lowerPolicyBounce(event.class, event.text) }))
  const { matched, aboutOthers, unmatched, unrelated } = await matchEvents(db, connection, events)

  const known = matched.flatMap(({ event, target }) => {
    const status = statusOfEvent(event.class)
    return status ? [{ event, target, status }] : []
  })
  const kept: RawEvent[] = [
    ...[...matched.map(({ event }) => event).filter((event) => !isSuccess(event)), ...aboutOthers, ...unrelated].map(
      rawOf,
    ),
    ...unmatched.map((event) => ({ ...rawOf(event), matchUntil: now + MATCH_MS })),
  ]
  const arrived = known.filter(({ target }) => target.status === 'unknown').map(({ target }) => target.id)
  const deliveredRefs = known
    .filter(({ target, status }) => status === 'delivered' && target.givenUp)
    .map(({ event, target }) => ({ deliveryId: target.id, at: event.at }))
  // Lowest rank first, since a move only updates rows of a lower rank.
  const moves = movesByRank(known).map((group) => moveByEvents(db, connection, group))
  const ends = known.map((event) => endOf(connection, event))
  await runBatch(db, [
    ...endDeliveries(db, ends, moves, now),
    ...ifAny(arrived, (ids) => settleArrived(ids, now)),
    ...(deliveredRefs.length > 0 ? resetFailuresOfDelivered(deliveredRefs) : []),
    ...ifAny(kept, (rows) => insertRawEvents(db, connection, rows, now)),
    ...(again ? ifAny([...matched.map(({ event }) => event), ...aboutOthers], settled) : []),
  ])
  await restSending(
    deps,
    known.filter(isNegative).map(({ target }) => target.accountId),
  )
}

interface KnownEvent {
  event: DeliveryEvent
  target: EventTarget
  status: DeliveryStatus
}

/** Returns true for a hard bounce or a complaint about a live mail. */
const isNegative = ({ status, target }: KnownEvent): boolean =>
  (status === 'bounced' || status === 'complained') && !isTestDocument(target.documentId)

const rawOf = (event: DeliveryEvent) => ({ key: event.key, deliveryId: event.deliveryId, event })

/** Returns true for an event after which the mail is on its way or there. An opened mail is there: nothing else of it is kept. */
function isSuccess(event: DeliveryEvent): boolean {
  const status = statusOfEvent(event.class)
  return status === 'sent' || status === 'delivered'
}

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
  return [...Map.groupBy(moves.filter(isFirstArrival), (move) => move.rank)]
    .sort(([a], [b]) => a - b)
    .map(([, group]) => group)
}

/** A mail arrives once; later events, such as its opening, do not change when. */
const isFirstArrival = ({ id, status, at }: StatusMove, _: number, moves: StatusMove[]): boolean =>
  status !== 'delivered' || moves.every((other) => other.id !== id || other.status !== status || other.at >= at)

const HISTORY_TYPE = {
  deferred: 'deferred',
  soft_bounced: 'soft_bounced',
  bounced: 'bounced',
  dropped: 'dropped',
  failed: 'failed',
  complained: 'complained',
} as const

/**
 * Returns what an event changes. The id of its History row is made from the provider's event key, so a repeated event
 * adds none.
 */
function endOf(connection: string, { event, target, status }: KnownEvent): DeliveryEnd {
  if (isSuccess(event)) return { delivery: target, status }
  return {
    delivery: target,
    status,
    text: event.text,
    history: {
      id: `his_${connection}_${event.key}`,
      at: event.at,
      type: HISTORY_TYPE[status as keyof typeof HISTORY_TYPE],
      data: { reason: event.reason ?? '', text: event.text, attempt: event.attempt },
    },
    suppress: suppressionOf(event),
  }
}

function suppressionOf(event: DeliveryEvent): { reason: string; text: string } | undefined {
  const reason =
    event.class === 'bounced_hard'
      ? 'hard_bounce'
      : event.class === 'complained'
        ? 'complaint'
        : event.class === 'dropped'
          ? 'provider_suppression'
          : undefined
  return reason ? { reason, text: event.text } : undefined
}
