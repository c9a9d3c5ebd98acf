import { runBatch } from '../../db/client'
import { markLost } from '../../db/deliveries'
import type { DueDelivery } from '../../db/dispatch'
import { endDeliveries } from '../../db/end-deliveries'
import type { Deps } from '../deps'

/** Marks deliveries `unknown` whose isolate died while sending. The mail may have left, so it is not sent again automatically. */
export async function recordLost(deps: Deps, lost: DueDelivery[], now: number): Promise<void> {
  if (lost.length === 0) return
  const ends = lost.map((delivery) => ({
    delivery,
    status: 'unknown' as const,
    history: {
      id: `his_${delivery.id}_lost_${delivery.attempt}`,
      at: now,
      type: 'unknown' as const,
      data: { reason: 'lost_answer' },
    },
  }))
  const ids = lost.map(({ id }) => id)
  await runBatch(deps.db, endDeliveries(deps.db, ends, [markLost(deps.db, ids, now)], now))
  deps.log({ event: 'deliveries_lost', count: lost.length })
}
