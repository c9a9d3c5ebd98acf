import { forgetRawEvents } from '../db/delivery-events'
import type { Deps } from './deps'

/** Raw provider events are kept 30 days; what they did stays in History. Small steps, so that no run is long. */
export async function forgetOldEvents(deps: Deps): Promise<void> {
  const MAX_STEPS = 50
  for (let step = 0; step < MAX_STEPS; step++) {
    const result = await forgetRawEvents(deps.db, deps.now())
    if (result.meta.changes === 0) return
  }
}
