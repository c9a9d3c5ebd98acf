/** Declares the messages of the queues: ids and events, never content. `jobs/` parses them again on arrival. */
import type { DeliveryEvent } from './delivery-event'

/** Up to 20 delivery ids that a tick has dispatched. Losing the message loses nothing: the sweep finds the rows. */
export interface DeliverMessage {
  ids: string[]
}

/** A stored Stripe event of an account, to be processed. */
export interface StripeMessage {
  stripe: { accountId: string; eventId: string }
}

/** Events that one provider connection reported, already as `DeliveryEvent`. */
export interface EventMessage {
  connection: string
  events: DeliveryEvent[]
}
