/** Builds the entries of History for sends. */
import type { DocumentDelivery, DocumentSend } from '../../../db/document-sends'
import type { DeliveryStatus } from '../../../domain/delivery'
import type { TimelineEntry } from './timeline-entry'

/** Returns a person's name by user id. */
export type NameOf = (userId: string | null) => string

/** Replaces addresses that were deleted with their contact by `fallback`. */
export const withAddresses = (send: DocumentSend, fallback: string): DocumentSend => ({
  ...send,
  deliveries: send.deliveries.map((delivery) => ({ ...delivery, address: delivery.address || fallback })),
})

/** Returns the entries of a send: "sent" for the addresses to which a mail has left, "queued" for the others. */
export function sendEntries(send: DocumentSend, nameOf: NameOf): TimelineEntry[] {
  const { id, createdAt, createdBy, origin, scheduledFor, deliveries } = send
  const entryFor = (group: DocumentDelivery[], entry: Pick<TimelineEntry, 'id' | 'text' | 'icon' | 'times'>) =>
    group.length === 0
      ? []
      : [
          {
            ...{ at: createdAt, tone: 'idle' as const, ...entry },
            params: { name: nameOf(createdBy), addresses: group.map(({ address }) => address).join(', ') },
          },
        ]
  if (scheduledFor !== null)
    return entryFor(deliveries, { id, text: 'history.send.scheduled', icon: 'clock', times: { time: scheduledFor } })
  const { left = [], queued = [] } = Object.groupBy(deliveries, (delivery) => (hasLeft(delivery) ? 'left' : 'queued'))
  return [
    ...entryFor(queued, { id: `${id}_queued`, text: `history.queued.${origin}`, icon: 'clock' }),
    ...entryFor(left, { id, text: `history.send.${origin}`, icon: 'mails' }),
  ]
}

const LEFT: readonly DeliveryStatus[] = ['sent', 'deferred', 'delivered', 'soft_bounced', 'bounced', 'complained']

/** Returns whether a server accepted the mail, or refused its recipient. */
const hasLeft = ({ status, sentAt, deliveredAt }: DocumentDelivery): boolean =>
  sentAt !== null || deliveredAt !== null || LEFT.includes(status)
