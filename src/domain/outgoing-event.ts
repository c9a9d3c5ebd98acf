/** Defines the events that programs may receive. Triggers of the database record them (migration 0056). */

export const OUTGOING_EVENTS = [
  'document.finalized',
  'document.paid',
  'document.viewed',
  'send.queued',
  'send.cancelled',
  'delivery.sent',
  'delivery.delivered',
  'delivery.deferred',
  'delivery.bounced',
  'delivery.dropped',
  'delivery.failed',
  'delivery.unknown',
  'delivery.complained',
  'contact.merged',
] as const
export type OutgoingEventType = (typeof OUTGOING_EVENTS)[number] | 'test'

/** What was true when the event happened, and may have changed since. */
export interface OutgoingEventData {
  state?: string
  reason?: string | null
  origin?: string
  merged_into?: string
}

/** Days for which events and calls are kept. */
export const EVENT_DAYS = 30
