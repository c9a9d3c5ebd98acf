/** What providers tell about a mail, in the classes of the field; each provider's file maps its own words to these. */
import type { DeliveryStatus } from './delivery'
import { speaksOfPolicy } from './problem'

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
  'ignored',
] as const
export type EventClass = (typeof EVENT_CLASSES)[number]

export interface DeliveryEvent {
  /** Unique within the connection: the provider's event id, or what stands for one. */
  key: string
  class: EventClass
  /** Ours, as the mail carried it; empty when the provider's event names none. */
  deliveryId: string
  /** Our attempt that the event is about; 0 when the provider can't tell. */
  attempt: number
  /** Epoch ms, the provider's clock. */
  at: number
  /** The remote server's or provider's own words, at most 500 characters. */
  text: string
  /** Reason of a drop: hard_bounce, complaint, unsubscribed, provider_suppression … */
  reason?: string
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
}

/** The status an event calls for, or undefined for one that says nothing about the delivery. */
export const statusOfEvent = (event: EventClass): DeliveryStatus | undefined => STATUS_OF[event]

/** An enhanced status 5.7.x (policy, authentication) or 5.2.2 (mailbox full) is never the address's fault, whatever the provider calls it (providers.md, 3.3). */
export function lowerPolicyBounce(event: EventClass, text: string): EventClass {
  return event === 'bounced_hard' && speaksOfPolicy(text) ? 'bounced_soft' : event
}
