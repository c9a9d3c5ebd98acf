import { runBatch } from '../../db/client'
import { failDispatched } from '../../db/deliveries'
import { type DeliveryEnd, endDeliveries, endedUnsent } from '../../db/end-deliveries'
import type { Deps } from '../deps'

/**
 * Ends dispatched deliveries whose mail can't be sent, each with a History row and a problem. The addresses are not suppressed.
 * Problems are shown with their documents, so a missing document makes no problem.
 */
export async function failDeliveries(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  deliveries: readonly DeliveryEnd['delivery'][],
  reason: string,
): Promise<void> {
  if (deliveries.length === 0) return
  const at = now()
  const makesProblem = reason !== 'document_missing'
  const ends = deliveries.map((delivery) => ({ ...endedUnsent(delivery, 'failed', reason, at), makesProblem }))
  const ids = deliveries.map(({ id }) => id)
  await runBatch(db, endDeliveries(db, ends, [failDispatched(db, ids, reason, at)], at))
}
