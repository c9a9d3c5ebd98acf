import { findStripeConnectionByHook, insertStripeEvent, type StripeConnection } from '../../db/stripe'
import { ok, type Result, refuse } from '../../domain/result'
import { type Json, text, time } from '../../domain/stripe/json'
import { readStripeEvent, subjectOf } from '../../domain/stripe/read-event'
import type { Deps } from '../deps'
import { openStripeSecret } from './stripe-secrets'

export interface StripeCall {
  /** The last part of the address that was called. */
  hook: string
  /** As it came. */
  body: string
  signature: string
}

/**
 * Puts a signed event into the database and wakes the consumer. Told twice it is one row. A kind we do not use is recorded without
 * its body, so that the merchant sees that it came.
 */
export async function recordStripeEvent(
  deps: Deps,
  { hook, body, signature }: StripeCall,
): Promise<Result<{ id: string }, 'hook_unknown' | 'signature_wrong' | 'event_unreadable'>> {
  const connection = await findStripeConnectionByHook(deps.db, hook)
  if (!connection) return refuse('hook_unknown')
  const event = await verified(deps, connection, body, signature)
  if (!event) return refuse('signature_wrong')
  const id = text(event.id)
  if (!id) return refuse('event_unreadable')
  const { accountId } = connection
  const used = readStripeEvent(event).type !== 'unsupported'
  const now = deps.now()
  const isNew = await insertStripeEvent(deps.db, {
    accountId,
    id,
    type: text(event.type),
    subject: subjectOf(event),
    test: event.livemode !== true,
    happenedAt: time(event.created) ?? now,
    receivedAt: now,
    state: used ? 'waiting' : 'ignored',
    reason: null,
    targetId: null,
    dueAt: used ? now : null,
    body: used ? body : null,
  })
  if (isNew && used) await wake(deps, accountId, id)
  return ok({ id })
}

/** Live and test mode sign with secrets of their own; the mode an event claims is believed only under its own secret. */
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

/** The row is the truth: what the queue does not take, the next tick finds. */
async function wake(deps: Deps, accountId: string, eventId: string): Promise<void> {
  try {
    await deps.eventQueue.send({ stripe: { accountId, eventId } })
  } catch (error) {
    deps.log({ event: 'stripe_not_queued', error: String(error) })
  }
}
