/** Statements that cancel the waiting mails of an account that is being closed. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { DELIVERY_RANK } from '../domain/delivery'
import { type Db, jsonList } from './client'
import { insertHistoryOfCancelled } from './history'
import { refreshMailStates } from './mail-state'
import { reopenAfterUndo } from './problems'
import { restoreLatestSends } from './sends'

export interface WaitingDelivery {
  id: string
  accountId: string
  documentId: string
  sendId: string
}

/** Marks an account's bulk sends as undone that are still queueing or have waiting mails, so that they queue no more. For a batch. */
export const stopBulkSends = (accountId: string, at: number, by: string): SQL => sql`
  UPDATE bulk_sends SET state = 'undone', working = NULL, undone_at = ${at}, undone_by = ${by}
  WHERE account_id = ${accountId} AND (state = 'queueing' OR (state = 'queued' AND waiting > 0))
    AND EXISTS (SELECT 1 FROM accounts WHERE id = ${accountId} AND closing_at IS NOT NULL)`

/**
 * Lists an account's deliveries that wait for their first or a later attempt. Scans the waiting deliveries of all accounts, which are few
 * compared with all deliveries.
 */
export const listWaiting = (db: Db, accountId: string, limit: number): Promise<WaitingDelivery[]> =>
  db.all<WaitingDelivery>(sql`
    SELECT id, account_id AS accountId, document_id AS documentId, send_id AS sendId
    FROM deliveries INDEXED BY deliveries_due
    WHERE due_at IS NOT NULL AND account_id = ${accountId} AND status IN ('queued', 'dispatched') LIMIT ${limit}`)

/**
 * Cancels these deliveries, if they still wait and their account is still being closed. Also restores the quota of their days, writes
 * History, and restores each document's latest send and mail state. For one batch.
 */
export function stopDeliveries(accountId: string, waiting: readonly WaitingDelivery[], at: number): SQLWrapper[] {
  const ids = sql`json_each(${jsonList(waiting.map(({ id }) => id))})`
  const stillWaits = sql`d.account_id = ${accountId} AND d.status IN ('queued', 'dispatched')
    AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = d.account_id AND a.closing_at IS NOT NULL)`
  return [
    sql`
      UPDATE daily_sends SET used = max(0, used - gone.n)
      FROM (SELECT s.counted_on AS day, count(*) AS n FROM ${ids} j
        CROSS JOIN deliveries d ON d.id = j.value AND ${stillWaits}
        CROSS JOIN sends s ON s.id = d.send_id GROUP BY s.counted_on) gone
      WHERE daily_sends.account_id = ${accountId} AND daily_sends.day = gone.day`,
    sql`
      UPDATE deliveries AS d SET status = 'cancelled', rank = ${DELIVERY_RANK.cancelled}, due_at = NULL, ended_at = ${at}
      WHERE d.id IN (SELECT value FROM ${ids}) AND ${stillWaits}`,
    insertHistoryOfCancelled('stopped', ids, at),
    restoreLatestSends(accountId, [...new Set(waiting.map(({ documentId }) => documentId))]),
    reopenAfterUndo(waiting),
    refreshMailStates(waiting),
  ]
}
