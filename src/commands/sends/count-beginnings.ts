import type { LoadedDelivery } from '../../db/loaded-delivery'
import { countBegun, uncountBegun } from '../../db/lost-deliveries'
import { LEASE_MS } from '../../domain/timing'
import type { Deps } from '../deps'

/**
 * Runs the work on a delivery. For one that was lost before, counts its beginning first: if the isolate dies, the count stays and tells
 * which mail was being prepared. Work that ends, even by an error, takes the count back unless the mail was claimed.
 */
export async function countBeginnings(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  delivery: LoadedDelivery,
  work: () => Promise<void>,
): Promise<void> {
  const { id, timesBegun } = delivery
  if (timesBegun === null) return work()
  const until = now() + LEASE_MS
  if (!(await countBegun(db, { id, timesBegun }, until))) return
  delivery.dueAt = until
  try {
    await work()
  } finally {
    await uncountBegun(db, { id, timesBegun })
  }
}
