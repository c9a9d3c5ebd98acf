import { type BackgroundJob, endBackgroundJob } from '../../db/background-jobs'
import { deleteSomeBulkDocuments } from '../../db/bulk-documents'
import { deleteUnconfirmed } from '../../db/bulk-sends'
import { runBatch } from '../../db/client'
import type { Deps } from '../deps'

const DOCUMENTS_A_STEP = 500

/** Deletes an unconfirmed bulk send at once, and its documents in steps. A confirmed one is not touched. */
export async function deletePreflightStep(deps: Deps, job: BackgroundJob): Promise<void> {
  const [, deleted] = await runBatch(deps.db, [deleteUnconfirmed(job), deleteSomeBulkDocuments(job, DOCUMENTS_A_STEP)])
  if ((deleted?.meta.changes ?? 0) < DOCUMENTS_A_STEP) await runBatch(deps.db, [endBackgroundJob(job)])
}
