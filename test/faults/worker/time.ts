/**
 * Lets time pass. The Worker's clock is real, and a retry waits minutes to hours; so what waits is moved back in D1 instead, which the
 * next tick sees as it would see the time having passed.
 */
import type { Env } from '../../../src/env'

/** Ends the waits of retries and the pauses of connections. */
export async function endWaits(env: Env): Promise<Record<string, never>> {
  const now = Date.now()
  await env.DB.batch([
    env.DB.prepare("UPDATE deliveries SET due_at = ?1 WHERE status = 'queued' AND due_at > ?1").bind(now),
    env.DB.prepare('UPDATE provider_states SET paused_until = ?1 WHERE paused_until > ?1').bind(now),
  ])
  return {}
}

/** Ends the leases of what is on its way. Only right after a kill: while a process lives, its mails would be called lost. */
export async function endLeases(env: Env): Promise<Record<string, never>> {
  const now = Date.now()
  await env.DB.prepare("UPDATE deliveries SET due_at = ?1 WHERE status IN ('dispatched', 'sending') AND due_at > ?1")
    .bind(now)
    .run()
  return {}
}
