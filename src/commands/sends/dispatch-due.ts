import {
  claimForDispatch,
  type DueDelivery,
  type Lane,
  listDue,
  listDueLanes,
  listDueSending,
  listPauses,
  type Pause,
  postponeConnection,
} from '../../db/dispatch'
import { isBegunTooOften } from '../../domain/lost-delivery'
import { DISPATCH_PER_TICK, EXPRESS_PER_ACCOUNT, LEASE_MS, PROBES_PER_TICK } from '../../domain/timing'
import type { Deps } from '../deps'
import { enqueueDeliveries } from './enqueue'
import { failDeliveries } from './fail-deliveries'
import { mailsPerTick } from './mails-per-tick'
import { recordLost } from './record-lost'
import { OtherProviders } from './use-other-provider'
import { watchOutages } from './watch-outages'

/**
 * Dispatches due deliveries: manual and API sends first, then automatic, then bulk. Accounts take turns, and each provider connection
 * gets no more than it can send until the next tick. A row whose lease has ended is due again: it was lost on its way.
 * @returns how many deliveries were claimed
 */
export async function dispatchDue(deps: Deps): Promise<number> {
  const now = deps.now()
  const found = await listDueLanes(deps.db, now)
  if (found.some(({ overdueSince }) => overdueSince !== null)) await watchOutages(deps)
  const lanes = found.filter(({ dueAt }) => dueAt <= now)
  if (lanes.length === 0) return 0
  const pauses = new Map((await listPauses(deps.db, now)).map((pause) => [pause.connection, pause]))
  const capacities = new Map<string, number>()
  const connections = [...new Set(lanes.map((lane) => lane.connection))]
  const others = await OtherProviders.of(deps, connections, pauses)
  const rates = await mailsPerTick(deps, connections)
  for (const connection of connections) {
    const pause = pauses.get(connection)
    if (pause && pause.pausedUntil > now) {
      await others.takeAll(connection, now)
      await keepWaiting(deps, pause, now)
    } else {
      if (!pause) await others.takeFailing(connection, now)
      // A connection whose pause is over is tried with a single mail.
      capacities.set(connection, pause ? PROBES_PER_TICK : (rates.get(connection) ?? DISPATCH_PER_TICK))
    }
  }
  let dispatched = 0
  // Manual sends of all connections before bulk sends of any: thousands of rows take seconds to put onto a queue.
  for (const group of groupsByPriority(lanes)) {
    const capacity = capacities.get(group.connection) ?? 0
    const taken = await dispatchGroup(deps, group, capacity, now)
    capacities.set(group.connection, capacity - taken)
    dispatched += taken
  }
  // What waits behind the trial of a connection need not.
  for (const [connection, pause] of pauses) if (pause.pausedUntil <= now) await others.takeAll(connection, now)
  return dispatched
}

/** Postpones due deliveries of a paused connection. Those whose isolate died while sending become `unknown`. */
async function keepWaiting(deps: Deps, { connection, pausedUntil }: Pause, now: number): Promise<void> {
  await recordLost(deps, await listDueSending(deps.db, connection, DISPATCH_PER_TICK, now), now)
  await postponeConnection(deps.db, connection, pausedUntil, now)
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

/** Dispatches due deliveries of one connection and priority, at most `capacity`. Returns how many it claimed. */
async function dispatchGroup(
  deps: Deps,
  { connection, priority, accountIds: all }: LaneGroup,
  capacity: number,
  now: number,
): Promise<number> {
  let left = capacity
  let accountIds = all
  const turns = new Turns(EXPRESS_PER_ACCOUNT[priority] ?? 0)
  // Each round gives every account the same share; accounts with more mails share the rest.
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

/**
 * Claims due deliveries and puts them onto their queues. Ends those whose lease ran out while sending, and those that were begun too
 * often. Returns how many it claimed.
 */
async function take(deps: Deps, due: DueDelivery[], turns: Turns, now: number): Promise<number> {
  const lost = due.filter((row) => row.status === 'sending')
  const ready = due.filter((row) => !lost.includes(row))
  await recordLost(deps, lost, now)
  if (ready.length === 0) return 0
  const ids = ready.map((row) => row.id)
  const claimed = new Set((await claimForDispatch(deps.db, ids, now + LEASE_MS, now)).map((row) => row.id))
  const mine = ready.filter((row) => claimed.has(row.id))
  await failDeliveries(deps, mine.filter(isBegunTooOften), 'mail_not_prepared')
  const { express, others } = turns.sort(mine.filter((row) => !isBegunTooOften(row)))
  await enqueueDeliveries({ deliverQueue: deps.expressQueue }, express)
  await enqueueDeliveries(deps, others)
  return claimed.size
}

/** Orders the mails of one group: the first mail of each account before the second of any. The first few of each use the express queue. */
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
