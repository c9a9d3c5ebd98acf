import { type BackgroundJob, listDueBackgroundJobs, postponeBackgroundJob } from '../../db/background-jobs'
import type { BackgroundJobKind } from '../../db/schema'
import { deleteAccountStep } from '../accounts/delete-account-step'
import { exportAccountStep } from '../accounts/export-account-step'
import { stopSendsStep } from '../accounts/stop-sends-step'
import { deleteIdempotencyKeysStep } from '../api/delete-idempotency-keys-step'
import { deletePreflightStep } from '../bulk-sends/delete-preflight-step'
import { forgetContactStep } from '../contacts/forget-contact-step'
import { mergeContactStep } from '../contacts/merge-contact-step'
import { separateContactStep } from '../contacts/separate-contact-step'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { checkSenderStep } from '../providers/check-sender'
import { notifyOutages } from '../sends/notify-outages'
import { deleteEventsStep } from '../webhooks/delete-events-step'
import { postEventsStep } from '../webhooks/post-events-step'

const STEPS_A_TICK = 10
const TRY_AGAIN_MS = 10 * 60_000

const STEPS: Record<BackgroundJobKind, (deps: Deps, job: BackgroundJob) => Promise<void>> = {
  forget_contact: forgetContactStep,
  merge_contact: mergeContactStep,
  separate_contact: separateContactStep,
  export_account: exportAccountStep,
  delete_account: deleteAccountStep,
  forget_preflight: deletePreflightStep,
  stop_sends: stopSendsStep,
  outages: notifyOutages,
  check_sender: checkSenderStep,
  post_events: postEventsStep,
  delete_events: deleteEventsStep,
  delete_idempotency_keys: deleteIdempotencyKeysStep,
}

/** Runs a few steps of due background jobs, the oldest first. A failed step is postponed by ten minutes, so it blocks no other job. */
export async function runBackgroundJobs(deps: Deps, { steps = STEPS_A_TICK }: { steps?: number } = {}): Promise<void> {
  for (let step = 0; step < steps; step++) {
    const [job] = await listDueBackgroundJobs(deps.db, deps.now(), 1)
    if (!job) return
    try {
      await STEPS[job.kind](deps, job)
    } catch (error) {
      deps.log({ ...errorEntry(error), job: job.kind })
      await postponeBackgroundJob(deps.db, job, deps.now() + TRY_AGAIN_MS)
    }
  }
}
