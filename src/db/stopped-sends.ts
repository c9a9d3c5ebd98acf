/** What waits to leave of an account that is being closed. */
import { type SQL, sql } from 'drizzle-orm'
import { DELIVERY_RANK } from '../domain/delivery'
import { type Db, jsonList } from './client'
import { insertHistoryOf } from './history'
import { refreshMailStates } from './mail-state'
import { reopenAfterUndo } from './problems'
import { restoreLatestSends } from './sends'

export interface WaitingDelivery {
  id: string
  accountId: string
  documentId: string
  sendId: string
}

/** For a batch: a bulk send that was making its sends makes no more, and one with mails that wait is called undone, as it will be. */
export const stopBulkSends = (accountId: string, at: number, by: string): SQL => sql`
  UPDATE bulk_sends SET state = 'undone', working = NULL, undone_at = ${at}, undone_by = ${by}
  WHERE account_id = ${accountId} AND (state = 'queueing' OR (state = 'queued' AND waiting > 0))
    AND EXISTS (SELECT 1 FROM accounts WHERE id = ${accountId} AND closing_at IS NOT NULL)`

/** What has not been handed to a server, first attempt or later one. Looks at all that waits, whosever it is: that is little beside all that was ever sent. */
export const listWaiting = (db: Db, accountId: string, limit: number): Promise<WaitingDelivery[]> =>
  db.all<WaitingDelivery>(sql`
    SELECT id, account_id AS accountId, document_id AS documentId, send_id AS sendId
    FROM deliveries INDEXED BY deliveries_due
    WHERE due_at IS NOT NULL AND account_id = ${accountId} AND status IN ('queued', 'dispatched') LIMIT ${limit}`)

/**
 * For one batch: takes these back where they still wait and their account is still being closed; gives back their day's quota, says so in
 * History, and each document shows what it showed before.
 */
export function stopDeliveries(accountId: string, waiting: readonly WaitingDelivery[], at: number): SQL[] {
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
    insertHistoryOf('stopped', ids, at),
    restoreLatestSends(accountId, [...new Set(waiting.map(({ documentId }) => documentId))]),
    reopenAfterUndo(waiting),
    refreshMailStates(waiting),
  ]
}
