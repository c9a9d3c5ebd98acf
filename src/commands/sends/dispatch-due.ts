import { runBatch } from '../../db/client'
import { markLost } from '../../db/deliveries'
import {
  claimForDispatch,
  type DueDelivery,
  type Lane,
  listDue,
  listDueLanes,
  listPauses,
  postponeConnection,
} from '../../db/dispatch'
import { insertHistory } from '../../db/history'
import { refreshMailStates } from '../../db/mail-state'
import { recordProblems } from '../../db/problems'
import { DISPATCH_PER_TICK, LEASE_MS } from '../../domain/timing'
import type { Deps } from '../deps'
import { enqueueDeliveries } from './enqueue'

/**
 * A tick: what is due goes onto the queue, by hand and API before automatic before bulk, in turn by account, and per provider
 * connection no more than it can take until the next tick. The same pass is the sweep: a row whose lease has run out is due again.
 * @returns how many deliveries were dispatched
 */
export async function dispatchDue(deps: Deps): Promise<number> {
  const now = deps.now()
  const lanes = await listDueLanes(deps.db, now)
  if (lanes.length === 0) return 0
  const pauses = new Map((await listPauses(deps.db, now)).map((pause) => [pause.connection, pause.pausedUntil]))
  let dispatched = 0
  for (const [connection, waiting] of Map.groupBy(lanes, (lane) => lane.connection)) {
    const pausedUntil = pauses.get(connection)
    if (pausedUntil !== undefined) await postponeConnection(deps.db, connection, pausedUntil, now)
    else dispatched += await dispatchConnection(deps, connection, waiting, now)
  }
  return dispatched
}

async function dispatchConnection(deps: Deps, connection: string, lanes: Lane[], now: number): Promise<number> {
  let capacity = DISPATCH_PER_TICK
  const byPriority = [...Map.groupBy(lanes, (lane) => lane.priority)].sort(([a], [b]) => a - b)
  for (const [priority, waiting] of byPriority) {
    let accountIds = waiting.map((lane) => lane.accountId)
    // Each round gives every account the same share; those that used theirs up share what is left.
    while (capacity > 0 && accountIds.length > 0) {
      const share = Math.ceil(capacity / accountIds.length)
      const due = (await listDue(deps.db, { connection, priority, accountIds }, share, now)).slice(0, capacity)
      if (due.length === 0) break
      capacity -= await take(deps, due, now)
      const taken = Map.groupBy(due, (row) => row.accountId)
      accountIds = accountIds.filter((id) => taken.get(id)?.length === share)
    }
  }
  return DISPATCH_PER_TICK - capacity
}

async function take(deps: Deps, due: DueDelivery[], now: number): Promise<number> {
  const lost = due.filter((row) => row.status === 'sending')
  const ready = due.filter((row) => !lost.includes(row))
  if (lost.length > 0) await recordLost(deps, lost, now)
  if (ready.length === 0) return 0
  const ids = ready.map((row) => row.id)
  const claimed = await claimForDispatch(deps.db, ids, now + LEASE_MS, now)
  await enqueueDeliveries(
    deps,
    claimed.map((row) => row.id),
  )
  return claimed.length
}

/** The process died between the provider and our row: the mail may have left, so it is not repeated blindly. */
async function recordLost(deps: Deps, lost: DueDelivery[], now: number): Promise<void> {
  const rows = lost.map((row) => ({
    accountId: row.accountId,
    documentId: row.documentId,
    id: `his_${row.id}_lost_${row.attempt}`,
    at: now,
    type: 'unknown' as const,
    actor: '',
    deliveryId: row.id,
    data: { reason: 'lost_answer' },
  }))
  await runBatch(deps.db, [
    markLost(
      deps.db,
      lost.map((row) => row.id),
      now,
    ),
    insertHistory(deps.db, rows),
    ...recordProblems(
      lost.map((row) => ({ deliveryId: row.id, givenUp: false })),
      now,
    ),
    deps.db.run(refreshMailStates(lost)),
  ])
  deps.log({ event: 'deliveries_lost', count: lost.length })
}
