import { type BackgroundJob, endBackgroundJob, moveBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { listContactDocumentRefs } from '../../db/contact-forgetting'
import { moveDocumentsBack } from '../../db/contact-merging'
import type { Deps } from '../deps'

const DOCUMENTS_A_STEP = 250

/**
 * Reads the next documents of the contact that stayed, and moves back those that the merge moved. The job's position
 * holds that contact's id and the id of the last document read.
 */
export async function separateContactStep(deps: Deps, job: BackgroundJob): Promise<void> {
  const { accountId, position } = job
  const [keptId = '', after = ''] = position.split(' ')
  const documents = await listContactDocumentRefs(deps.db, accountId, keptId, after, DOCUMENTS_A_STEP)
  const ids = documents.map(({ id }) => id)
  const last = documents.length === DOCUMENTS_A_STEP ? ids.at(-1) : undefined
  await runBatch(deps.db, [
    moveDocumentsBack(job, ids),
    last === undefined ? endBackgroundJob(job) : moveBackgroundJob(job, `${keptId} ${last}`, deps.now()),
  ])
}
