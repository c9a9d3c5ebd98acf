import { type Refused, refuse } from '../domain/result'

const MAX_TRIES = 3

/**
 * Repeats a change while other requests change the same row first. `attempt` reads, decides and writes; it returns undefined when its
 * guarded write changed nothing. Refused as busy after three attempts.
 */
export async function retryStale<T>(attempt: () => Promise<T | undefined>): Promise<T | Refused<'busy'>> {
  for (let n = 0; n < MAX_TRIES; n++) {
    const done = await attempt()
    if (done !== undefined) return done
  }
  return refuse('busy')
}
