import type { LastTick } from '../../domain/health'
import type { Deps } from '../deps'

const TICK_KEY = 'health/tick'

/** Records the time of a tick and which of its steps failed. In R2, since a tick with nothing to do writes no row. */
export async function recordTick({ bucket, now }: Deps, failed: string[]): Promise<void> {
  await bucket.put(TICK_KEY, '', { customMetadata: { at: String(now()), failed: failed.join(' ') } })
}

/** Undefined before the first one. */
export async function findLastTick({ bucket }: Pick<Deps, 'bucket'>): Promise<LastTick | undefined> {
  const found = await bucket.head(TICK_KEY)
  const { at, failed = '' } = found?.customMetadata ?? {}
  return at === undefined ? undefined : { at: Number(at), failed: failed.split(' ').filter((name) => name !== '') }
}
