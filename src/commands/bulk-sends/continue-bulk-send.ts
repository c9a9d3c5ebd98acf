import { type BulkRef, findBulkSend, type StoredBulkSend } from '../../db/bulk-sends'
import type { BulkState } from '../../domain/bulk-send'
import type { Deps } from '../deps'
import { collectStep } from './collect-step'
import { confirmStep } from './confirm-step'
import { queueStep } from './queue-step'
import { undoStep } from './undo-step'

const STEPS: Partial<Record<BulkState, (deps: Deps, bulk: StoredBulkSend) => Promise<void>>> = {
  collecting: collectStep,
  ready: confirmStep,
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
    const step = bulk?.working ? STEPS[bulk.state] : undefined
    if (!bulk || !step) return done
    await step(deps, bulk)
  }
  return steps
}
