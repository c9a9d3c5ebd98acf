import { listBulkDocuments } from '../../db/bulk-documents'
import { advanceBulkSend, type StoredBulkSend } from '../../db/bulk-sends'
import { isNotAll, runBatch } from '../../db/client'
import { listCancelled } from '../../db/deliveries'
import { insertCancelledHistory } from '../../db/history'
import { refreshMailStates } from '../../db/mail-state'
import { reopenAfterUndo } from '../../db/problems'
import { replaceCopies, restoreLatestSends } from '../../db/sends'
import type { Deps } from '../deps'
import { copiesToReplace } from '../sends/copies-to-replace'
import { DOCUMENTS_A_STEP } from './collect-step'

/**
 * Updates the next documents whose mails were cancelled: each shows its previous send again, and gets a row in its
 * History.
 */
export async function undoStep(deps: Deps, bulk: StoredBulkSend): Promise<void> {
  const { db } = deps
  const { accountId, id, undoneBy, undoneAt } = bulk
  const listed = await listBulkDocuments(db, bulk, bulk.cursor, DOCUMENTS_A_STEP)
  const documentIds = listed.map(({ documentId }) => documentId)
  const cancelled = documentIds.length > 0 ? await listCancelled(db, accountId, id, documentIds) : []
  const step = {
    from: { state: 'undoing' as const, cursor: bulk.cursor },
    cursor: listed.at(-1)?.position ?? bulk.cursor,
    next: listed.length < DOCUMENTS_A_STEP ? ('undone' as const) : undefined,
  }
  const at = undoneAt ?? deps.now()
  const rows = cancelled.map(({ documentId, sendId }) => ({
    ...{ accountId, documentId, sendId, id: `his_${sendId}_cancelled_${undoneAt}`, at, actor: undoneBy ?? '' },
  }))
  const ofRows = rows.map(({ documentId }) => documentId)
  const updates =
    cancelled.length > 0
      ? [
          insertCancelledHistory(rows),
          restoreLatestSends(accountId, ofRows),
          ...replaceCopies(accountId, await copiesToReplace(deps, accountId, ofRows, deps.now()), at),
          reopenAfterUndo(cancelled.map((send) => ({ accountId, ...send }))),
          refreshMailStates(rows),
        ]
      : []
  try {
    await runBatch(db, [...advanceBulkSend(bulk, step), ...updates])
  } catch (error) {
    // Another process did this step first.
    if (!isNotAll(error)) throw error
  }
}
