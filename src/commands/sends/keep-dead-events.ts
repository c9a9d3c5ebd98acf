import { insertRawEvents } from '../../db/delivery-events'
import type { EventMessage } from '../../domain/messages'
import type { Deps } from '../deps'

/** Stores events that could not be processed, so that a person can inspect them. */
export async function keepDeadEvents(deps: Deps, message: EventMessage): Promise<void> {
  const kept = message.events.map((event) => ({ key: event.key, deliveryId: event.deliveryId, event }))
  await insertRawEvents(deps.db, message.connection, kept, deps.now())
  deps.log({ event: 'dead_events_kept', count: kept.length })
}
