/** Writes the body of an event: what happened, as it was then, and what it happened to, as it is known by. */
import type { EventSubjects } from '../../db/event-subjects'
import type { OutgoingEvent } from '../../db/webhook-calls'
import { toDecimal } from '../../domain/money'

/** Returns an event as the API lists it and webhooks carry it. */
export function eventJson(event: OutgoingEvent, { documents, deliveries, contacts }: EventSubjects) {
  const document = event.documentId === null ? undefined : documents.get(event.documentId)
  const delivery = event.deliveryId === null ? undefined : deliveries.get(event.deliveryId)
  const contact =
    event.contactId === null || event.type !== 'contact.merged' ? undefined : contacts.get(event.contactId)
  const { state, reason, origin, merged_into: mergedInto } = event.data
  return {
    id: event.id,
    type: event.type,
    timestamp: new Date(event.at).toISOString(),
    mode: event.test ? ('test' as const) : ('live' as const),
    data: {
      ...(event.documentId !== null && {
        document: {
          id: event.documentId,
          ...(document && {
            type: document.kind,
            number: document.number,
            contact_id: document.contactId,
            currency: document.currency,
            total: toDecimal(document.total, document.currency),
            external_id: document.externalId,
            metadata: document.metadata,
          }),
        },
      }),
      ...(event.sendId !== null && { send: { id: event.sendId, ...(origin && { origin }) } }),
      ...(event.deliveryId !== null && {
        delivery: {
          id: event.deliveryId,
          address: delivery?.address ?? null,
          ...(state && { state, reason: reason ?? null }),
          server_text: delivery?.serverText ?? null,
        },
      }),
      ...(event.contactId !== null &&
        event.type === 'contact.merged' && {
          contact: { id: event.contactId, external_id: contact?.externalId || null, merged_into: mergedInto ?? null },
        }),
    },
  }
}
