/**
 * Defines classes of delivery events that are the same for every provider; each provider's file maps its event types
 * to them.
 */
import type { DeliveryStatus } from './delivery'
import { isPolicyText } from './problem'

export const EVENT_CLASSES = [
  'queued',
  'sent',
  'delivered',
  'deferred',
  'bounced_hard',
  'bounced_soft',
  'dropped',
  'failed',
  'complained',
  'unsubscribed',
  'resubscribed',
  'opened',
  'clicked',
  'ignored',
] as const
export type EventClass = (typeof EVENT_CLASSES)[number]

export interface DeliveryEvent {
  /** Unique within the connection: the provider's event id, or a key made from the event. */
  key: string
  class: EventClass
  /** The delivery's id, from the mail; empty if the event names none. */
  deliveryId: string
  /** Number of the attempt that the event is about; 0 if the event does not name it. */
  attempt: number
  /** Epoch ms, the provider's clock. */
  at: number
  /** The remote server's or provider's response, at most 500 characters. */
  text: string
  /** Reason of a drop: hard_bounce, complaint, unsubscribed, provider_suppression … */
  reason?: string
  /** The provider's id of the mail, by which an event without our id finds its delivery. */
  providerMessageId?: string
  /** The address that the event is about; absent or empty if it names none. An event about another address than the delivery's changes nothing. */
  recipient?: string
  /** The provider's own name of the event. */
  type?: string
}

const STATUS_OF: Partial<Record<EventClass, DeliveryStatus>> = {
  queued: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  deferred: 'deferred',
  bounced_hard: 'bounced',
  bounced_soft: 'soft_bounced',
  dropped: 'dropped',
  failed: 'failed',
  complained: 'complained',
  // Only a mail that has arrived is opened, be it by a program.
  opened: 'delivered',
  clicked: 'delivered',
}

/** Returns the delivery status that an event implies; undefined for one that implies none. */
export const statusOfEvent = (event: EventClass): DeliveryStatus | undefined => STATUS_OF[event]

/**
 * Turns a hard bounce for policy (enhanced status 5.7.x) or a full mailbox (5.2.2) into a soft one (RFC 3463): the address exists,
 * whatever the provider calls the event.
 */
export function lowerPolicyBounce(event: EventClass, text: string): EventClass {
  return event === 'bounced_hard' && isPolicyText(text) ? 'bounced_soft' : event
}
