import type { Deps } from '../deps'

/** R2 key of the object whose metadata holds the last tick. */
export const TICK_KEY = 'health/tick'

/**
 * Records the time of a tick and which of its steps failed. It writes to R2, so that a tick with nothing to do writes
 * no row.
 */
export async function recordTick({ bucket, now }: Deps, failed: string[]): Promise<void> {
  await bucket.put(TICK_KEY, '', { customMetadata: { at: String(now()), failed: failed.join(' ') } })
}
