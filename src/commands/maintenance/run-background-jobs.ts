import { type Chore, listDueChores, postponeChore } from '../../db/background-jobs'
import type { ChoreKind } from '../../db/schema'
import { deleteAccountStep } from '../accounts/delete-account-step'
import { exportAccountStep } from '../accounts/export-account-step'
import { stopSendsStep } from '../accounts/stop-sends-step'
import { forgetPreflightStep } from '../bulk-sends/delete-preflight-step'
import { forgetContactStep } from '../contacts/forget-contact-step'
import { mergeContactStep } from '../contacts/merge-contact-step'
import { separateContactStep } from '../contacts/separate-contact-step'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'

const STEPS_A_TICK = 10
const TRY_AGAIN_MS = 10 * 60_000

const STEPS: Record<ChoreKind, (deps: Deps, chore: Chore) => Promise<void>> = {
  forget_contact: forgetContactStep,
  merge_contact: mergeContactStep,
  separate_contact: separateContactStep,
  export_account: exportAccountStep,
  delete_account: deleteAccountStep,
  forget_preflight: forgetPreflightStep,
  stop_sends: stopSendsStep,
}

/** A tick: a few steps of what is due, the one that has waited longest first. A step that fails waits for ten minutes, and holds up no other. */
export async function runChores(deps: Deps, { steps = STEPS_A_TICK }: { steps?: number } = {}): Promise<void> {
  for (let step = 0; step < steps; step++) {
    const [chore] = await listDueChores(deps.db, deps.now(), 1)
    if (!chore) return
    try {
      await STEPS[chore.kind](deps, chore)
    } catch (error) {
      deps.log({ ...errorEntry(error), chore: chore.kind })
      await postponeChore(deps.db, chore, deps.now() + TRY_AGAIN_MS)
    }
  }
}
