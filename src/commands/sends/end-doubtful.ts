import { runBatch } from '../../db/client'
import { markDoubtful } from '../../db/deliveries'
import { endDeliveries } from '../../db/end-deliveries'
import type { LoadedDelivery } from '../../db/loaded-delivery'
import type { MailRoute } from '../../domain/provider-connection'
import { isDoubtful, repeatableUntil } from '../../domain/repeat'
import type { Deps } from '../deps'

/** Ends deliveries as `unknown` that the provider may have taken, and would take for new ones by now. Returns all others. */
export async function endDoubtful(
  deps: Deps,
  routes: ReadonlyMap<string, MailRoute>,
  deliveries: LoadedDelivery[],
): Promise<LoadedDelivery[]> {
  const now = deps.now()
  const late = deliveries.filter(({ connection, waitReason, firstAttemptAt }) => {
    const until = firstAttemptAt && repeatableUntil(routes.get(connection)?.settings, firstAttemptAt)
    return isDoubtful(waitReason) && !(until && now < until)
  })
  if (late.length === 0) return deliveries
  const ends = late.map((delivery) => ({
    delivery,
    status: 'unknown' as const,
    history: {
      id: `his_${delivery.id}_${delivery.attempt}_unknown`,
      at: now,
      type: 'unknown' as const,
      data: { reason: delivery.waitReason ?? '', attempt: delivery.attempt },
    },
  }))
  const ids = late.map(({ id }) => id)
  await runBatch(deps.db, endDeliveries(deps.db, ends, [markDoubtful(ids, now)], now))
  return deliveries.filter((delivery) => !late.includes(delivery))
}
