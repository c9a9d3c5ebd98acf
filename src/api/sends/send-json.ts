import type { InferInput } from 'valibot'
import type { ListedSend, SendDelivery } from '../../db/send-list'
import { mailStateOf } from '../../domain/delivery'
import { translator } from '../../i18n'
import { reasonText } from '../../i18n/reason'
import { isoTime } from '../fields'
import type { SendDeliveryJson, SendJson } from './send-schemas'

const english = translator('en')

/** Returns a send as the API shows it. */
export const sendJson = (send: ListedSend): InferInput<typeof SendJson> => ({
  id: send.id,
  document_id: send.documentId,
  origin: send.origin,
  state: mailStateOf(send.deliveries.map(({ status }) => status)),
  undo_until: isoTime(undoUntil(send.deliveries)),
  send_at: isoTime(send.scheduledFor),
  language: send.language,
  attach_pdf: send.attachPdf,
  deliveries: send.deliveries.map(sendDeliveryJson),
  external_id: send.externalId,
  metadata: send.metadata,
  created_at: isoTime(send.createdAt),
})

export const sendDeliveryJson = (
  delivery: Omit<SendDelivery, 'attempt' | 'dueAt'>,
): InferInput<typeof SendDeliveryJson> => ({
  id: delivery.id,
  address: delivery.address,
  state: delivery.status,
  reason: delivery.reason,
  detail: reasonText(english, delivery.reason) ?? null,
  server_response: delivery.serverText,
  sent_at: isoTime(delivery.sentAt),
  delivered_at: isoTime(delivery.deliveredAt),
  ended_at: isoTime(delivery.endedAt),
})

/** Returns when the last of the mails that were never attempted leaves; null if none waits. */
function undoUntil(deliveries: readonly SendDelivery[]): number | null {
  const waiting = deliveries.filter(({ status, attempt }) => status === 'queued' && attempt === 0)
  return waiting.length === 0 ? null : Math.max(...waiting.map(({ dueAt }) => dueAt ?? 0))
}
