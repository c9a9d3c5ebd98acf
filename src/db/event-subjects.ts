/** Reads what events are about: three look-ups, however many events. */
import { and, eq, sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'
import { contacts, deliveries, documents } from './schema'
import type { OutgoingEvent } from './webhook-calls'

type DocumentFacts = Pick<
  typeof documents.$inferSelect,
  'kind' | 'number' | 'contactId' | 'currency' | 'total' | 'externalId' | 'metadata'
>
type DeliveryFacts = Pick<typeof deliveries.$inferSelect, 'address' | 'serverText'>
type ContactFacts = Pick<typeof contacts.$inferSelect, 'externalId'>

export interface EventSubjects {
  documents: Map<string, DocumentFacts>
  deliveries: Map<string, DeliveryFacts>
  contacts: Map<string, ContactFacts>
}

/** Reads the subjects of one account's events. */
export async function readEventSubjects(
  db: Db,
  accountId: string,
  events: readonly OutgoingEvent[],
): Promise<EventSubjects> {
  const [documentIds, deliveryIds, contactIds] = [
    [...new Set(events.flatMap(({ documentId }) => documentId ?? []))],
    [...new Set(events.flatMap(({ deliveryId }) => deliveryId ?? []))],
    [...new Set(events.flatMap(({ type, contactId }) => (type === 'contact.merged' && contactId) || []))],
  ]
  const among = (ids: string[]) => sql`IN (SELECT value FROM json_each(${jsonList(ids)}))`
  const [ofDocuments, ofDeliveries, ofContacts] = await Promise.all([
    documentIds.length === 0
      ? []
      : db
          .select({
            ...{ id: documents.id, kind: documents.kind, number: documents.number, contactId: documents.contactId },
            ...{ currency: documents.currency, total: documents.total },
            ...{ externalId: documents.externalId, metadata: documents.metadata },
          })
          .from(documents)
          .where(and(eq(documents.accountId, accountId), sql`${documents.id} ${among(documentIds)}`)),
    deliveryIds.length === 0
      ? []
      : db
          .select({ id: deliveries.id, address: deliveries.address, serverText: deliveries.serverText })
          .from(deliveries)
          .where(and(sql`${deliveries.id} ${among(deliveryIds)}`, sql`+${deliveries.accountId} = ${accountId}`)),
    contactIds.length === 0
      ? []
      : db
          .select({ id: contacts.id, externalId: contacts.externalId })
          .from(contacts)
          .where(and(eq(contacts.accountId, accountId), sql`${contacts.id} ${among(contactIds)}`)),
  ])
  return { documents: byId(ofDocuments), deliveries: byId(ofDeliveries), contacts: byId(ofContacts) }
}

const byId = <T extends { id: string }>(rows: T[]): Map<string, T> => new Map(rows.map((row) => [row.id, row]))
