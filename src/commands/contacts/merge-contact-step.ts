import { type BackgroundJob, moveBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { endWhenMoved, moveDocuments } from '../../db/contact-merging'
import type { Deps } from '../deps'

const DOCUMENTS_A_STEP = 250

/**
 * Moves the next documents of a merged contact. Documents that have not moved yet are already sent to the contact
 * that stays.
 */
export async function mergeContactStep(deps: Deps, job: BackgroundJob): Promise<void> {
  await runBatch(deps.db, [
    moveDocuments(job, DOCUMENTS_A_STEP),
    moveBackgroundJob(job, job.position, deps.now()),
    endWhenMoved(job),
  ])
}
