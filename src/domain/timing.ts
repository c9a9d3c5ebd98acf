/** Defines time limits for the steps of a send. Each depends on the one before it. */
import { ORIGIN_PRIORITY } from './delivery'

/** Limit of one call to a provider, connecting included. */
export const PROVIDER_TIMEOUT_MS = 60_000

/**
 * Part of a lease that must be left when a delivery is claimed; a shorter lease is renewed. So no lease ends during a
 * call.
 */
export const CLAIM_MARGIN_MS = 2 * PROVIDER_TIMEOUT_MS

/** Lease of a dispatched delivery. When it ends, the sweep may take the row back, whatever happened to its message. */
export const LEASE_MS = 5 * 60_000

/** Deliveries that a tick puts onto the queues for a provider connection whose rate is unknown. */
export const DISPATCH_PER_TICK = 2_000

/**
 * Mails of one account that a tick puts onto the express queue, by priority; the rest, and all bulk, share the other
 * queue. The limit is per account, so that a program's thousand sends or a night's renewals don't delay the single
 * mails of others.
 */
export const EXPRESS_PER_ACCOUNT: Record<number, number> = {
  [ORIGIN_PRIORITY.manual]: 200,
  [ORIGIN_PRIORITY.automatic]: 20,
}

/** Ids in one queue message, and messages in one `sendBatch` (platform limit 100). */
export const IDS_PER_MESSAGE = 20
export const MESSAGES_PER_BATCH = 100

/** Mails on the wire at the same time. A Worker has six connections, of which R2 and the queue need some. */
export const MAILS_IN_FLIGHT = 4

/** Outcomes that may wait to be written before the next mail is sent. */
export const MAX_UNWRITTEN = 8

/**
 * Time in which one invocation starts to send mails; the rest goes back onto the queue. The platform ends a consumer
 * after 15 minutes.
 */
export const RUN_MS = 5 * 60_000

/** Mails that a tick dispatches to a connection after its pause, to test whether it works again. */
export const PROBES_PER_TICK = 1

/** Length of a pause if the provider names none. */
export const PAUSE_MS = 10 * 60_000

/** Time between two ticks. */
export const TICK_MS = 60_000
