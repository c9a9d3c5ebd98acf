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
import { DISPATCH_PER_TICK, EXPRESS_PER_ACCOUNT, LEASE_MS } from '../../domain/timing'
import type { Deps } from '../deps'
import { enqueueDeliveries } from './enqueue'
import { watchOutages } from './notify-outages'

/**
 * A tick: what is due goes onto the queues, by hand and API before automatic before bulk, in turn by account, and per provider
 * connection no more than it can take until the next tick. The same pass is the sweep: a row whose lease has run out is due again.
 * @returns how many deliveries were dispatched
 */
export async function dispatchDue(deps: Deps): Promise<number> {
  const now = deps.now()
  const found = await listDueLanes(deps.db, now)
  if (found.some(({ overdueSince }) => overdueSince !== null)) await watchOutages(deps)
  const lanes = found.filter(({ dueAt }) => dueAt <= now)
  if (lanes.length === 0) return 0
  const pauses = new Map((await listPauses(deps.db, now)).map((pause) => [pause.connection, pause.pausedUntil]))
  const capacities = new Map<string, number>()
  for (const [connection] of Map.groupBy(lanes, (lane) => lane.connection)) {
    const pausedUntil = pauses.get(connection)
    if (pausedUntil === undefined) capacities.set(connection, DISPATCH_PER_TICK)
    else await postponeConnection(deps.db, connection, pausedUntil, now)
  }
  let dispatched = 0
  // Every connection's sends by hand before any connection's bulk: thousands of rows take seconds to put onto a queue.
  for (const group of groupsByPriority(lanes)) {
    const capacity = capacities.get(group.connection) ?? 0
    const taken = await dispatchGroup(deps, group, capacity, now)
    capacities.set(group.connection, capacity - taken)
    dispatched += taken
  }
  return dispatched
}

interface LaneGroup {
  connection: string
  priority: number
  accountIds: string[]
}

function groupsByPriority(lanes: Lane[]): LaneGroup[] {
  const groups = [...Map.groupBy(lanes, ({ connection, priority }) => `${priority} ${connection}`).values()]
  return groups
    .map((group) => ({ ...(group[0] as Lane), accountIds: group.map((lane) => lane.accountId) }))
    .sort((a, b) => a.priority - b.priority)
}

async function dispatchGroup(
  deps: Deps,
  { connection, priority, accountIds: all }: LaneGroup,
  capacity: number,
  now: number,
): Promise<number> {
  let left = capacity
  let accountIds = all
  const turns = new Turns(EXPRESS_PER_ACCOUNT[priority] ?? 0)
  // Each round gives every account the same share; those that used theirs up share what is left.
  while (left > 0 && accountIds.length > 0) {
    const share = Math.ceil(left / accountIds.length)
    const due = (await listDue(deps.db, { connection, priority, accountIds }, share, now)).slice(0, left)
    if (due.length === 0) break
    left -= await take(deps, due, turns, now)
    const taken = Map.groupBy(due, (row) => row.accountId)
    accountIds = accountIds.filter((id) => taken.get(id)?.length === share)
  }
  return capacity - left
}

async function take(deps: Deps, due: DueDelivery[], turns: Turns, now: number): Promise<number> {
  const lost = due.filter((row) => row.status === 'sending')
  const ready = due.filter((row) => !lost.includes(row))
  if (lost.length > 0) await recordLost(deps, lost, now)
  if (ready.length === 0) return 0
  const ids = ready.map((row) => row.id)
  const claimed = new Set((await claimForDispatch(deps.db, ids, now + LEASE_MS, now)).map((row) => row.id))
  const { express, others } = turns.sort(ready.filter((row) => claimed.has(row.id)))
  await enqueueDeliveries({ deliverQueue: deps.expressQueue }, express)
  await enqueueDeliveries(deps, others)
  return claimed.size
}

/** Whose turn it is in one tick: the first mail of each account before the second of any, and the first few of each by the express queue. */
class Turns {
  private readonly next = new Map<string, number>()
  private readonly expressPerAccount: number

  constructor(expressPerAccount: number) {
    this.expressPerAccount = expressPerAccount
  }

  /** @returns ids in the order of their turns */
  sort(rows: DueDelivery[]): { express: string[]; others: string[] } {
    const inTurn = rows
      .map(({ id, accountId }) => {
        const turn = this.next.get(accountId) ?? 0
        this.next.set(accountId, turn + 1)
        return { id, turn }
      })
      .sort((a, b) => a.turn - b.turn)
    const isExpress = ({ turn }: { turn: number }) => turn < this.expressPerAccount
    return {
      express: inTurn.filter(isExpress).map(({ id }) => id),
      others: inTurn.filter((row) => !isExpress(row)).map(({ id }) => id),
    }
  }
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
