import { IDS_PER_MESSAGE, MESSAGES_PER_BATCH } from '../../domain/timing'
import type { Deps } from '../deps'

/** Puts dispatched deliveries onto the queue. Deliveries that the queue loses or refuses are dispatched again when their leases end. */
export async function enqueueDeliveries(deps: Pick<Deps, 'deliverQueue'>, ids: string[]): Promise<void> {
  const messages = chunksOf(ids, IDS_PER_MESSAGE).map((chunk) => ({ body: { ids: chunk } }))
  for (const batch of chunksOf(messages, MESSAGES_PER_BATCH)) await deps.deliverQueue.sendBatch(batch)
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = []
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size))
  return chunks
}
