import { claimReplayKey } from '../../db/delivery-events'
import type { DeliveryEvent } from '../../domain/delivery-event'
import { eventBatches } from '../../domain/event-messages'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { hashToken } from '../token'

export interface ReportedEvents {
  connection: string
  events: readonly DeliveryEvent[]
  /** Of a call whose signature does not cover its body: a second body under the same key changes nothing. */
  replay?: { key: string; body: string }
}

/** Puts events on the queue. Refused if the queue or the database can't take them now, so that the provider repeats its call. */
export async function queueEvents(deps: Deps, reported: ReportedEvents): Promise<Result<undefined, 'queue_refuses'>> {
  const { connection, events } = reported
  try {
    if (events.length === 0 || !(await isFirstBody(deps, reported))) return ok(undefined)
    for (const batch of eventBatches(connection, events))
      await deps.eventQueue.sendBatch(batch.map((body) => ({ body })))
    return ok(undefined)
  } catch (error) {
    deps.log({ ...errorEntry(error), event: 'events_not_queued', count: events.length })
    return refuse('queue_refuses')
  }
}

/** The same body again is a repeat, which may be the first that reaches the queue. */
async function isFirstBody(deps: Deps, { connection, replay }: ReportedEvents): Promise<boolean> {
  if (!replay) return true
  const [key, body] = await Promise.all([hashToken(replay.key), hashToken(replay.body)])
  return claimReplayKey(deps.db, { connection, key: `replay:${key}`, body }, deps.now())
}
