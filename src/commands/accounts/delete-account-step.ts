import { isClosed, listSomeDocuments, removeAccount, removeMembers, removeSomeRows } from '../../db/account-closing'
import { type BackgroundJob, endBackgroundJob, moveBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import type { Statements } from '../../db/finalisation'
import type { Deps } from '../deps'
import { removeDocumentsWithObjects } from '../documents/remove-documents'
import { ACCOUNT_FOLDERS, deleteSomeObjects } from './account-folders'

const DOCUMENTS_A_STEP = 50
const ROWS_A_STEP = 500
const HOUR_MS = 3_600_000

/**
 * Does one step of deleting a closed account: members first, so that no person can enter it, then documents, rows and
 * objects, and the account itself last. Each step may be repeated.
 */
export async function deleteAccountStep(deps: Deps, job: BackgroundJob): Promise<void> {
  const { accountId, position } = job
  // The closing was cancelled.
  if (position === '' && !(await isClosed(deps.db, accountId, deps.now())))
    return void (await runBatch(deps.db, [endBackgroundJob(job)]))
  if (position === '') return moveTo(deps, job, 'documents', removeMembers(accountId))
  if (position === 'documents') {
    const documents = await listSomeDocuments(deps.db, accountId, '', DOCUMENTS_A_STEP)
    if (documents.length > 0) return removeDocumentsWithObjects(deps, accountId, documents)
    return moveTo(deps, job, 'rows')
  }
  if (position === 'rows') {
    if ((await removeSomeRows(deps.db, accountId, ROWS_A_STEP)) > 0) return
    // The delay lets mails in progress finish writing their objects.
    return moveTo(deps, job, 'objects', [], HOUR_MS)
  }
  for (const folder of ACCOUNT_FOLDERS) if (await deleteSomeObjects(deps, folder, accountId)) return
  await runBatch(deps.db, removeAccount(accountId, ACCOUNT_FOLDERS))
  deps.log({ event: 'account_deleted' })
}

const moveTo = async (deps: Deps, job: BackgroundJob, position: string, before: Statements = [], inMs = 0) =>
  void (await runBatch(deps.db, [...before, moveBackgroundJob(job, position, deps.now() + inMs)]))
