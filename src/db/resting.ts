/** Queries that pause and resume an account's bulk and automatic mails. None of them runs in normal operation. */
import { type SQL, sql } from 'drizzle-orm'
import type { AccountSettings, Company } from '../domain/company'
import { DELIVERY_RANK } from '../domain/delivery'
import { LATEST_MAILS, MAX_PER_MILLE, MIN_MAILS, type RestReason } from '../domain/reputation'
import { TEST_ID } from '../domain/test-mode'
import { type Db, jsonList } from './client'
import { readJson } from './read-json'
import { COMPANY, SETTINGS } from './stored-shapes'

/**
 * Pauses an account's bulk and automatic mails when too many of its latest mails to customers bounced or were complained about. Mails that
 * left before the last resumption don't count. For a batch, after the statements that change the deliveries; returns a row only when the
 * pause begins.
 */
export const restIfReputationBad = (accountId: string, now: number): SQL => sql`
  UPDATE accounts SET resting_at = ${now}, resting_reason = rate.reason
  FROM (
    SELECT CASE WHEN count(*) < ${MIN_MAILS} THEN NULL
      WHEN sum(status = 'complained') * 1000 > ${MAX_PER_MILLE.complaints} * count(*) THEN 'complaints'
      WHEN sum(status = 'bounced') * 1000 > ${MAX_PER_MILLE.bounces} * count(*) THEN 'bounces' END AS reason
    FROM (SELECT d.status FROM deliveries d INDEXED BY deliveries_account
      WHERE d.account_id = ${accountId} AND d.purpose = 'customer'
        AND d.status IN ('sent', 'deferred', 'delivered', 'soft_bounced', 'bounced', 'complained')
        AND substr(d.document_id, 1, ${TEST_ID.length}) <> ${TEST_ID}
        AND coalesce(d.sent_at, d.ended_at, 0) > (SELECT coalesce(resumed_at, -1) FROM accounts WHERE id = ${accountId})
      ORDER BY d.id DESC LIMIT ${LATEST_MAILS})) rate
  WHERE accounts.id = ${accountId} AND resting_at IS NULL AND rate.reason IS NOT NULL
  RETURNING accounts.id AS id`

/**
 * Puts dispatched deliveries back until `until`, without counting an attempt; `wakeResting` brings them earlier. They are not overdue.
 * If the account has been resumed in the meantime, they stay dispatched and are due again when their leases end.
 */
export const putBackResting = (db: Db, ids: string[], until: number) =>
  db.run(sql`
    UPDATE deliveries SET status = 'queued', rank = ${DELIVERY_RANK.queued}, due_at = ${until}, reason = 'sending_rests',
      overdue_since = NULL
    WHERE id IN (SELECT value FROM json_each(${jsonList(ids)})) AND status = 'dispatched'
      AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = deliveries.account_id AND a.resting_at IS NOT NULL)`)

/** Ends the rest of an account, for a batch. Returns a row only if it rested. */
export const endRest = (accountId: string, now: number): SQL => sql`
  UPDATE accounts SET resting_at = NULL, resting_reason = NULL, resumed_at = ${now}
  WHERE id = ${accountId} AND resting_at IS NOT NULL RETURNING id`

/** Makes deliveries that rested due now, for a batch. Looks at all that waits, as `listWaiting` does. */
export const wakeResting = (accountId: string, now: number): SQL => sql`
  UPDATE deliveries INDEXED BY deliveries_due SET due_at = ${now}, reason = NULL
  WHERE due_at IS NOT NULL AND account_id = ${accountId} AND status = 'queued' AND reason = 'sending_rests'`

export interface RestingOwner {
  email: string
  /** The person's language; '' = the account's. */
  language: string
  company: Company
  settings: AccountSettings
  reason: RestReason
}

/** Lists the owners of an account that rests. */
export async function listRestingOwners(db: Db, accountId: string): Promise<RestingOwner[]> {
  const rows = await db.all<Omit<RestingOwner, 'company' | 'settings'> & { company: string; settings: string }>(sql`
    SELECT u.email, u.language, a.company, a.settings, a.resting_reason AS reason FROM accounts a
    CROSS JOIN members m ON m.organization_id = a.id AND m.role = 'owner' CROSS JOIN users u ON u.id = m.user_id
    WHERE a.id = ${accountId} AND a.resting_at IS NOT NULL`)
  return rows.map((row) => ({
    ...row,
    company: readJson(COMPANY, row.company),
    settings: readJson(SETTINGS, row.settings),
  }))
}
