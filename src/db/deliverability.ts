/** What became of an account's latest mails. */
import { sql } from 'drizzle-orm'
import { TEST_ID } from '../domain/test-mode'
import type { Db } from './client'
import { MAX_COUNTED } from './delivery-counts'

export interface MailRates {
  /** Mails to customers that left. */
  left: number
  delivered: number
  /** The address does not exist. */
  bounced: number
  complained: number
}

/** Counts an account's mails to customers from this delivery id on, the latest 5,000 of them; tests are left out. */
export const countRates = (db: Db, accountId: string, from: string): Promise<MailRates> =>
  db.get<MailRates>(sql`
    SELECT count(*) AS left, coalesce(sum(status IN ('delivered', 'complained')), 0) AS delivered,
      coalesce(sum(status = 'bounced'), 0) AS bounced, coalesce(sum(status = 'complained'), 0) AS complained
    FROM (SELECT d.status, d.purpose, d.document_id FROM deliveries d INDEXED BY deliveries_account
      WHERE d.account_id = ${accountId} AND d.id >= ${from} ORDER BY d.id DESC LIMIT ${MAX_COUNTED})
    WHERE purpose = 'customer' AND substr(document_id, 1, ${TEST_ID.length}) <> ${TEST_ID}
      AND status IN ('sent', 'deferred', 'delivered', 'soft_bounced', 'bounced', 'complained')`)
