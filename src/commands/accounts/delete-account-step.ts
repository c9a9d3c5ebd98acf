import { isClosed, listSomeDocuments, removeAccount, removeMembers, removeSomeRows } from '../../db/account-closing'
import { type Chore, endChore, moveChore } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import type { Statements } from '../../db/finalisation'
import type { Deps } from '../deps'
import { removeDocumentsAltogether } from '../documents/remove-documents'
import { ACCOUNT_FOLDERS, clearSome } from './account-folders'

const DOCUMENTS_A_STEP = 50
const ROWS_A_STEP = 500
const AN_HOUR_MS = 3_600_000

/**
 * One step of deleting a closed account: people first, so that nobody is in it any more, then documents, rows and objects, and the
 * account itself last. Each step may be done again.
 */
export async function deleteAccountStep(deps: Deps, chore: Chore): Promise<void> {
  const { accountId, position } = chore
  // Taken back in time.
  if (position === '' && !(await isClosed(deps.db, accountId, deps.now())))
    return void (await runBatch(deps.db, [endChore(chore)]))
  if (position === '') return go(deps, chore, 'documents', removeMembers(accountId))
  if (position === 'documents') {
    const documents = await listSomeDocuments(deps.db, accountId, '', DOCUMENTS_A_STEP)
    if (documents.length > 0) return removeDocumentsAltogether(deps, accountId, documents)
    return go(deps, chore, 'rows')
  }
  if (position === 'rows') {
    if ((await removeSomeRows(deps.db, accountId, ROWS_A_STEP)) > 0) return
    // By then no mail that was under way still writes an object.
    return go(deps, chore, 'objects', [], AN_HOUR_MS)
  }
  for (const folder of ACCOUNT_FOLDERS) if (await clearSome(deps, folder, accountId)) return
  await runBatch(deps.db, removeAccount(accountId, ACCOUNT_FOLDERS))
  deps.log({ event: 'account_deleted' })
}

const go = async (deps: Deps, chore: Chore, position: string, before: Statements = [], inMs = 0) =>
  void (await runBatch(deps.db, [...before, moveChore(chore, position, deps.now() + inMs)]))
