/** What History says of the decisions to send. */
import type { DocumentDelivery, DocumentSend } from '../../../db/document-sends'
import type { DeliveryStatus } from '../../../domain/delivery'
import type { TimelineEntry } from './timeline-entry'

/** Returns how a person is called, by user id. */
export type NameOf = (userId: string | null) => string

/** `somewhere` stands for an address that was forgotten. */
export const withAddresses = (send: DocumentSend, somewhere: string): DocumentSend => ({
  ...send,
  deliveries: send.deliveries.map((delivery) => ({ ...delivery, address: delivery.address || somewhere })),
})

/** A send is called sent only to the addresses that a mail has left for; for the others it was queued, whatever becomes of them. */
export function sendEntries(send: DocumentSend, nameOf: NameOf): TimelineEntry[] {
  const { id, createdAt, createdBy, origin, scheduledFor, deliveries } = send
  const entryFor = (some: DocumentDelivery[], entry: Pick<TimelineEntry, 'id' | 'text' | 'icon' | 'times'>) =>
    some.length === 0
      ? []
      : [
          {
            ...{ at: createdAt, tone: 'idle' as const, ...entry },
            params: { name: nameOf(createdBy), addresses: some.map(({ address }) => address).join(', ') },
          },
        ]
  if (scheduledFor !== null)
    return entryFor(deliveries, { id, text: 'history.send.scheduled', icon: 'clock', times: { time: scheduledFor } })
  const { left = [], queued = [] } = Object.groupBy(deliveries, (one) => (hasLeft(one) ? 'left' : 'queued'))
  return [
    ...entryFor(queued, { id: `${id}_queued`, text: `history.queued.${origin}`, icon: 'clock' }),
    ...entryFor(left, { id, text: `history.send.${origin}`, icon: 'mails' }),
  ]
}

const LEFT: readonly DeliveryStatus[] = ['sent', 'deferred', 'delivered', 'soft_bounced', 'bounced', 'complained']

/** A server took the mail, or was asked to and refused the recipient. */
const hasLeft = ({ status, sentAt, deliveredAt }: DocumentDelivery): boolean =>
  sentAt !== null || deliveredAt !== null || LEFT.includes(status)
