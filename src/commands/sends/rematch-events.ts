import { expireUnmatched, listUnmatchedEvents } from '../../db/delivery-events'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { recordEvents } from './record-events'

const MAX_EVENTS = 500

/** Tries kept events again that found no delivery: the provider may have reported before its answer was recorded. */
export async function rematchEvents(deps: Deps): Promise<void> {
  const waiting = await listUnmatchedEvents(deps.db, MAX_EVENTS)
  if (waiting.length === 0) return
  for (const [connection, rows] of Map.groupBy(waiting, ({ connection }) => connection)) {
    try {
      await recordEvents(deps, { connection, events: rows.map(({ event }) => event) }, { again: true })
    } catch (error) {
      deps.log({ ...errorEntry(error), event: 'rematch_failed', count: rows.length })
    }
  }
  // Only those that were tried: more may be waiting.
  const last = waiting.at(-1)
  if (last) await expireUnmatched(deps.db, Math.min(deps.now(), last.matchUntil))
}
