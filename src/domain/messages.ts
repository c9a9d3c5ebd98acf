/** What travels on the queues: ids and events, never content. Parsed again when they arrive (`jobs/`). */
import type { DeliveryEvent } from './delivery-event'

/** Up to 20 delivery ids that a tick has dispatched. Losing the message loses nothing: the sweep finds the rows. */
export interface DeliverMessage {
  ids: string[]
}

/** An event of an account's Stripe that is in the database and wants to be taken. */
export interface StripeMessage {
  stripe: { accountId: string; eventId: string }
}

/** What one provider connection reported, already in our words. */
export interface EventMessage {
  connection: string
  events: DeliveryEvent[]
}
