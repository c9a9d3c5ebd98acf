import { type BackgroundJob, endBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { listWaiting, stopDeliveries } from '../../db/stopped-sends'
import type { Deps } from '../deps'

const MAILS_A_STEP = 200

/**
 * Cancels some waiting mails of an account that is being closed. `deliver` cancels those that a tick dispatched in
 * the meantime.
 */
export async function stopSendsStep(deps: Deps, job: BackgroundJob): Promise<void> {
  const { accountId } = job
  const waiting = await listWaiting(deps.db, accountId, MAILS_A_STEP)
  await runBatch(deps.db, [
    ...(waiting.length > 0 ? stopDeliveries(accountId, waiting, deps.now()) : []),
    ...(waiting.length < MAILS_A_STEP ? [endBackgroundJob(job)] : []),
  ])
}
