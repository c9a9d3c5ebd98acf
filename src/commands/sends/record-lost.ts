import { runBatch } from '../../db/client'
import { markLost, repeatLost } from '../../db/deliveries'
import type { DueDelivery } from '../../db/dispatch'
import { endDeliveries } from '../../db/end-deliveries'
import { repeatableUntil } from '../../domain/repeat'
import { MAX_ATTEMPTS } from '../../domain/retry'
import type { Deps } from '../deps'
import { resolveRoutes } from './resolve-mail-routes'

/**
 * Decides about deliveries whose isolate died while sending. The mail may have left, so it waits for another attempt only where the
 * provider recognises the repeat; otherwise it is `unknown`, and not sent again automatically.
 */
export async function recordLost(deps: Deps, lost: DueDelivery[], now: number): Promise<void> {
  if (lost.length === 0) return
  const routes = await resolveRoutes(
    deps,
    lost.map(({ connection }) => connection),
  )
  const repeated = lost.filter(({ connection, firstAttemptAt, attempt }) => {
    const until = firstAttemptAt && repeatableUntil(routes.get(connection)?.settings, firstAttemptAt)
    return attempt < MAX_ATTEMPTS && until && now < until
  })
  const unknown = lost.filter((delivery) => !repeated.includes(delivery))
  const idsOf = (deliveries: DueDelivery[]) => deliveries.map(({ id }) => id)
  const ends = unknown.map((delivery) => endOf(delivery, now))
  const moves = [markLost(deps.db, idsOf(unknown), now)]
  if (unknown.length > 0) await runBatch(deps.db, endDeliveries(deps.db, ends, moves, now))
  if (repeated.length > 0) await runBatch(deps.db, [repeatLost(idsOf(repeated), now)])
  deps.log({ event: 'deliveries_lost', count: unknown.length, repeated: repeated.length })
}

const endOf = (delivery: DueDelivery, at: number) => ({
  delivery,
  status: 'unknown' as const,
  history: {
    id: `his_${delivery.id}_lost_${delivery.attempt}`,
    at,
    type: 'unknown' as const,
    data: { reason: 'lost_answer' },
  },
})
