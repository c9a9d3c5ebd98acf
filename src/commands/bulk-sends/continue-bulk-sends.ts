import { type BulkRef, findBulkSend, listWorkingBulkSends, type StoredBulkSend } from '../../db/bulk-sends'
import type { BulkState } from '../../domain/bulk-send'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { collectStep } from './collect-step'
import { queueStep } from './queue-step'
import { undoStep } from './undo-step'

const STEPS: Partial<Record<BulkState, (deps: Deps, bulk: StoredBulkSend) => Promise<void>>> = {
  collecting: collectStep,
  queueing: queueStep,
  undoing: undoStep,
}

/**
 * Does up to `steps` steps of a bulk send. Each is one transaction that moves the cursor from where it was read. So
 * pages and ticks may do this at the same time, and a process may die between two steps.
 * @returns how many steps were done
 */
export async function continueBulkSend(deps: Deps, ref: BulkRef, steps: number): Promise<number> {
  for (let done = 0; done < steps; done++) {
    const bulk = await findBulkSend(deps.db, ref)
    const step = bulk && STEPS[bulk.state]
    if (!bulk || !step) return done
    await step(deps, bulk)
  }
  return steps
}

/** Bulk sends that one tick continues. */
const BULK_SENDS_A_TICK = 20

/**
 * Continues the bulk sends that are not finished, for example since their page was closed. Each gets one step in turn,
 * so that one account's ten thousand documents don't delay another's ten. Returns the number of steps.
 */
export async function continueBulkSends(deps: Deps): Promise<number> {
  let left = stepsPerInvocation(deps)
  let working = await listWorkingBulkSends(deps.db, BULK_SENDS_A_TICK)
  let done = 0
  while (left > 0 && working.length > 0) {
    const unfinished: BulkRef[] = []
    for (const ref of working.slice(0, left)) {
      const moved = await tryStep(deps, ref)
      if (moved > 0) unfinished.push(ref)
      done += moved
      left--
    }
    working = unfinished
  }
  return done
}

/** Does one step, and logs an error so that it doesn't stop the other bulk sends. */
async function tryStep(deps: Deps, ref: BulkRef): Promise<number> {
  try {
    return await continueBulkSend(deps, ref, 1)
  } catch (error) {
    deps.log({ ...errorEntry(error), bulk: ref.id })
    return 0
  }
}

/** A step takes about twelve queries; an invocation may do 1,000 on the paid plan and 50 on the free one. */
const stepsPerInvocation = ({ config }: Deps): number => Math.max(1, Math.floor(config.DELIVERIES_PER_INVOCATION / 8))
