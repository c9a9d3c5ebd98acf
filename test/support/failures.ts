/** Makes failed mails of a merchant, by the commands that the Worker uses. */
import { env } from 'cloudflare:test'
import type { DeliveryEvent, EventClass } from '../../src/domain/delivery-event'
import type { Merchant } from './client'
import { row } from './database'
import { invoiceFor, type Sendable, send } from './sendable'
import { reportEvents } from './worker'

export interface SentMail {
  documentId: string
  deliveryId: string
}

/** Marks the latest mail of a document as accepted by a server, and returns it. */
export async function acceptedMail(documentId: string): Promise<SentMail> {
  const { id } = await row<{ id: string }>(
    'SELECT id FROM deliveries WHERE document_id = ? ORDER BY created_at DESC, id DESC LIMIT 1',
    documentId,
  )
  await env.DB.prepare(
    "UPDATE deliveries SET status = 'sent', rank = 4, due_at = NULL, attempt = 1, sent_at = created_at WHERE id = ?",
  )
    .bind(id)
    .run()
  return { documentId, deliveryId: id }
}

/** Sends an invoice to the only address of a contact, and marks its mail as accepted. */
export async function sentInvoice(merchant: Merchant, sendable: Sendable = {}): Promise<SentMail> {
  const documentId = await invoiceFor(merchant, sendable)
  await send(merchant, documentId)
  return acceptedMail(documentId)
}

/** Records an event of a mail, as the simulator reports it. */
export const report = (
  { deliveryId }: SentMail,
  eventClass: EventClass,
  text = '',
  change: Partial<DeliveryEvent> = {},
) =>
  reportEvents('simulator', [
    { key: `${deliveryId}:${eventClass}`, class: eventClass, deliveryId, attempt: 1, at: Date.now(), text, ...change },
  ])
