/** Time limits for the steps of a send. Each depends on the one before it. */
import { ORIGIN_PRIORITY } from './delivery'

/** A provider's longest call: connect, greeting and one silent socket. */
export const PROVIDER_TIMEOUT_MS = 60_000

/** A claim is only made while this much of the lease is left, so that no lease runs out under a living call. */
export const CLAIM_MARGIN_MS = 2 * PROVIDER_TIMEOUT_MS

/** From dispatch to the moment the sweep may take a row back, whatever became of its message. */
export const LEASE_MS = 5 * 60_000

/** What a tick puts on the queue per provider connection whose rate is unknown. */
export const DISPATCH_PER_TICK = 2_000

/**
 * How many of an account's mails a tick puts onto the express queue, by priority; what is beyond, and all bulk, shares the other one.
 * A limit by account, so that a program's thousand sends or a night's renewals don't fill the queue that others' single mails take.
 */
export const EXPRESS_PER_ACCOUNT: Record<number, number> = {
  [ORIGIN_PRIORITY.manual]: 200,
  [ORIGIN_PRIORITY.automatic]: 20,
}

/** Ids in one queue message, and messages in one `sendBatch` (platform limit 100). */
export const IDS_PER_MESSAGE = 20
export const MESSAGES_PER_BATCH = 100

/** Mails on the wire at once. Six connections a Worker, of which R2 and the queue need some. */
export const MAILS_IN_FLIGHT = 4

/** Outcomes that may wait for their write before another mail leaves. */
export const MAX_UNWRITTEN = 8

/** How long one invocation begins to send mails; what is left goes back onto the queue. The platform ends a consumer after 15 minutes. */
export const RUN_MS = 5 * 60_000

/** What a tick lets through of a connection that rested, to see whether it works again. */
export const PROBES_PER_TICK = 1

/** How long a paused provider rests when it did not say. */
export const PAUSE_MS = 10 * 60_000

/** From one tick to the next. */
export const TICK_MS = 60_000
