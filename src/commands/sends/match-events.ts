import type { Db } from '../../db/client'
import { type EventTarget, listEventTargets } from '../../db/delivery-events'
import { listProviderMessages } from '../../db/provider-messages'
import { type DeliveryEvent, statusOfEvent } from '../../domain/delivery-event'
import { addressKey } from '../../domain/email-addresses'

export interface MatchedEvents {
  /** With the delivery that each is about, by our id in the event or else by the provider's. */
  matched: { event: DeliveryEvent; target: EventTarget }[]
  /** About a delivery of this connection, but another recipient: they change nothing. */
  aboutOthers: DeliveryEvent[]
  /** May find their delivery later, since the provider can report before its answer is recorded. */
  unmatched: DeliveryEvent[]
  /** Say nothing about a delivery. */
  unrelated: DeliveryEvent[]
}

/** Finds the deliveries that events of a connection are about. A delivery of another connection is never found. */
export async function matchEvents(db: Db, connection: string, events: DeliveryEvent[]): Promise<MatchedEvents> {
  const named = await withIds(db, connection, events)
  const ids = [...new Set(named.map(({ deliveryId }) => deliveryId).filter((id) => id !== ''))]
  const targets = new Map((await listEventTargets(db, connection, ids)).map((target) => [target.id, target]))
  const found: MatchedEvents = { matched: [], aboutOthers: [], unmatched: [], unrelated: [] }
  for (const event of named) {
    const target = targets.get(event.deliveryId)
    if (target && isAbout(event, target)) found.matched.push({ event, target })
    else if (target) found.aboutOthers.push(event)
    else if (mayMatchLater(event)) found.unmatched.push(event)
    else found.unrelated.push(event)
  }
  return found
}

/** Fills in the ids of deliveries that only the provider's id names. */
async function withIds(db: Db, connection: string, events: DeliveryEvent[]): Promise<DeliveryEvent[]> {
  const messageIds = new Set(events.filter(isNamedByProvider).map(({ providerMessageId = '' }) => providerMessageId))
  if (messageIds.size === 0) return events
  const known = new Map(
    (await listProviderMessages(db, connection, [...messageIds])).map((row) => [row.messageId, row.deliveryId]),
  )
  return events.map((event) =>
    isNamedByProvider(event) ? { ...event, deliveryId: known.get(event.providerMessageId ?? '') ?? '' } : event,
  )
}

const isNamedByProvider = ({ deliveryId, providerMessageId = '' }: DeliveryEvent): boolean =>
  deliveryId === '' && providerMessageId !== ''

/** The address of a forgotten contact's delivery is empty. */
const isAbout = ({ recipient = '' }: DeliveryEvent, { address }: EventTarget): boolean =>
  recipient === '' || address === '' || addressKey(recipient) === addressKey(address)

const mayMatchLater = ({ class: eventClass, deliveryId, providerMessageId = '' }: DeliveryEvent): boolean =>
  statusOfEvent(eventClass) !== undefined && (deliveryId !== '' || providerMessageId !== '')
