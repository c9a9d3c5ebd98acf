import {
  findStripeConnectionByHook,
  findStripeEvent,
  insertStripeEvent,
  isStripeEventOver,
  markCheckoutUsed,
  type StripeConnection,
} from '../../db/stripe'
import { takeStripeBudget } from '../../db/stripe-budget'
import { ok, type Result, refuse } from '../../domain/result'
import { type Json, text, time } from '../../domain/stripe/json'
import { readStripeEvent, subjectOf } from '../../domain/stripe/read-event'
import { cleanLine } from '../../domain/text'
import type { Deps } from '../deps'
import { deleteEventBodies, putEventBody } from './event-bodies'
import { openStripeSecret } from './stripe-secrets'

/** Limits Stripe's types and ids, which are far shorter. */
const MAX_NAME_CHARS = 255

export interface StripeCall {
  /** The last part of the address that was called. */
  hook: string
  /** The request body, unchanged. */
  body: string
  signature: string
}

/** Limit per account and hour: thousands of events of a few kilobytes. Stripe repeats refused events for three days. */
export const EVENT_BYTES_AN_HOUR = 20 * 1024 * 1024
/** Counted for a row without a body. */
const ROW_BYTES = 500

/**
 * Records a signed event in the database, stores its body in R2, and queues it. An event sent twice is one row. An unused
 * type is recorded without its body, so that the merchant sees that it arrived.
 */
export async function recordStripeEvent(
  deps: Deps,
  { hook, body, signature }: StripeCall,
): Promise<Result<{ id: string }, 'hook_unknown' | 'signature_wrong' | 'event_unreadable' | 'budget_spent'>> {
  const connection = await findStripeConnectionByHook(deps.db, hook)
  if (!connection) return refuse('hook_unknown')
  const event = await verified(deps, connection, body, signature)
  if (!event) return refuse('signature_wrong')
  const id = text(event.id)
  if (!/^[\w-]{1,255}$/.test(id)) return refuse('event_unreadable')
  const { accountId } = connection
  const used = readStripeEvent(event).type !== 'unsupported'
  const now = deps.now()
  const bytes = used ? body.length : ROW_BYTES
  if (!(await takeStripeBudget(deps.db, accountId, { bytes, most: EVENT_BYTES_AN_HOUR, now }))) {
    deps.log({ event: 'stripe_budget_spent', account: accountId })
    return refuse('budget_spent')
  }
  if (used) await putEventBody(deps, { accountId, id }, body)
  if (connection.checkoutAt === null && text(event.type).startsWith('checkout.session.'))
    await markCheckoutUsed(deps.db, accountId, now)
  const isNew = await insertStripeEvent(deps.db, {
    accountId,
    id,
    type: cleanLine(text(event.type)).slice(0, MAX_NAME_CHARS),
    subject: subjectOf(event).slice(0, MAX_NAME_CHARS),
    test: event.livemode !== true,
    happenedAt: time(event.created) ?? now,
    receivedAt: now,
    state: used ? 'waiting' : 'ignored',
    reason: null,
    targetId: null,
    dueAt: used ? now : null,
    body: null,
  })
  if (isNew && used) await wake(deps, accountId, id)
  else if (used) await dropRepeated(deps, accountId, id)
  return ok({ id })
}

/** Verifies the signature. Live and test mode have separate secrets; an event's mode must match the secret that signed it. */
async function verified(
  deps: Deps,
  connection: StripeConnection,
  body: string,
  signature: string,
): Promise<Json | undefined> {
  for (const [column, live] of [
    ['liveSecret', true],
    ['testSecret', false],
  ] as const) {
    const secret = await openStripeSecret(deps, connection, column)
    const event = secret && (await deps.stripe.verify(body, signature, secret))
    if (event && (event.livemode === true) === live) return event
  }
  return undefined
}

/** Deletes the body of a repeated event that is already done. The row is read after the body was written, so none is left over. */
async function dropRepeated(deps: Deps, accountId: string, id: string): Promise<void> {
  const event = await findStripeEvent(deps.db, accountId, id)
  if (event && isStripeEventOver(event.state)) await deleteEventBodies(deps, [{ accountId, id }])
}

/** Queues the event. If the queue refuses it, the next tick finds its row. */
async function wake(deps: Deps, accountId: string, eventId: string): Promise<void> {
  try {
    await deps.eventQueue.send({ stripe: { accountId, eventId } })
  } catch (error) {
    deps.log({ event: 'stripe_not_queued', error: String(error) })
  }
}
