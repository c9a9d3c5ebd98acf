import type { LastTick } from '../../domain/health'
import type { Deps } from '../deps'
import { TICK_KEY } from './record-tick'

/** Returns the last recorded tick; undefined before the first one. */
export async function findLastTick({ bucket }: Pick<Deps, 'bucket'>): Promise<LastTick | undefined> {
  const found = await bucket.head(TICK_KEY)
  const { at, failed = '' } = found?.customMetadata ?? {}
  return at === undefined ? undefined : { at: Number(at), failed: failed.split(' ').filter((name) => name !== '') }
}
