/** Mails of a merchant that did not arrive, made by the commands that make the others. */
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

/** The latest mail of a document, as if a server had taken it. */
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

/** An invoice that was sent to the only address of a contact, and taken by a server. */
export async function sentInvoice(merchant: Merchant, sendable: Sendable = {}): Promise<SentMail> {
  const documentId = await invoiceFor(merchant, sendable)
  await send(merchant, documentId)
  return acceptedMail(documentId)
}

/** What the simulator's provider reports of a mail. */
export const report = (
  { deliveryId }: SentMail,
  eventClass: EventClass,
  text = '',
  change: Partial<DeliveryEvent> = {},
) =>
  reportEvents('simulator', [
    { key: `${deliveryId}:${eventClass}`, class: eventClass, deliveryId, attempt: 1, at: Date.now(), text, ...change },
  ])
