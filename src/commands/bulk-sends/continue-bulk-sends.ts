import { type BulkRef, listWorkingBulkSends } from '../../db/bulk-sends'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { continueBulkSend } from './continue-bulk-send'

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

/**
 * Returns the steps that one invocation may do. A step takes about twelve queries; an invocation may do 1,000 on the
 * paid plan and 50 on the free one.
 */
const stepsPerInvocation = ({ config }: Deps): number => Math.max(1, Math.floor(config.DELIVERIES_PER_INVOCATION / 8))
