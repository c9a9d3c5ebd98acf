import { deleteClosingJobs, markClosing, startExport, unmarkClosing } from '../../db/account-closing'
import { insertBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { stopBulkSends } from '../../db/stopped-sends'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { CLEAR_EXPORT } from './export-account-step'

export const CLOSING_DAYS = 30

interface Act {
  accountId: string
  actor: string
}

/**
 * Begins to close an account: cancels waiting mails, exports all data and schedules the deletion in thirty days. A second call
 * changes nothing.
 */
export async function closeAccount(deps: Deps, { accountId, actor }: Act): Promise<void> {
  const now = deps.now()
  const closingAt = now + CLOSING_DAYS * 86_400_000
  await runBatch(deps.db, [
    markClosing(accountId, closingAt),
    auditEntry(deps, { accountId, actor, action: 'account_closed', subject: '', changes: [] }),
    startExport(accountId, '', now),
    insertBackgroundJob({ accountId, kind: 'delete_account', id: '', position: '', dueAt: closingAt }, 'after_change'),
    insertBackgroundJob({ accountId, kind: 'stop_sends', id: '', position: '', dueAt: now }, 'after_change'),
    stopBulkSends(accountId, now, actor),
  ])
}

/** Cancels the closing within the thirty days and deletes the export. */
export async function cancelClosing(deps: Deps, { accountId, actor }: Act): Promise<Result<null, 'not_closing'>> {
  const now = deps.now()
  const [kept] = await runBatch(deps.db, [
    unmarkClosing(accountId, now),
    auditEntry(deps, { accountId, actor, action: 'account_kept', subject: '', changes: [] }),
    // The delay lets an export step in progress finish writing its part.
    startExport(accountId, CLEAR_EXPORT, now + 10 * 60_000),
    deleteClosingJobs(accountId),
  ])
  return kept?.results.length ? ok(null) : refuse('not_closing')
}
