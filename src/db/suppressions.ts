import { sql } from 'drizzle-orm'
import { TEST_ID } from '../domain/test-mode'
import { type Db, jsonList } from './client'

/**
 * Suppresses the addresses of these deliveries for their own accounts; the first reason stays. What becomes of a test is no news of an
 * address: live mails go there all the same.
 */
export function suppressAddressesOf(db: Db, rows: { deliveryId: string; reason: string; text: string }[], now: number) {
  return db.run(sql`
    INSERT INTO suppressions (account_id, address_key, reason, server_text, delivery_id, created_at, created_by)
    SELECT d.account_id, lower(d.address), value->>'reason', value->>'text', d.id, ${now}, ''
    FROM json_each(${jsonList(rows)}) CROSS JOIN deliveries d ON d.id = value->>'deliveryId' AND d.purpose = 'customer'
    WHERE substr(d.document_id, 1, ${TEST_ID.length}) <> ${TEST_ID}
    ON CONFLICT DO NOTHING`)
}

/** Those of these address keys that the account must not write to, with the reason. */
export function listSuppressed(db: Db, accountId: string, addressKeys: string[]) {
  return db.all<{ addressKey: string; reason: string }>(sql`
    SELECT s.address_key AS addressKey, s.reason FROM json_each(${jsonList(addressKeys)}) j
    CROSS JOIN suppressions s ON s.account_id = ${accountId} AND s.address_key = j.value`)
}

/**
 * What of an account's mail goes to an address, as the person behind it wished: everything, documents without reminders and notices,
 * or nothing. `stopped` is nothing too, for a reason that is not theirs to lift (a bounce, a complaint, the merchant).
 */
export type Subscription = 'all' | 'documents' | 'none' | 'stopped'

export async function findSubscription(db: Db, accountId: string, addressKey: string): Promise<Subscription> {
  const row = await db.get<{ reason: string | null; optedOut: number }>(sql`
    SELECT (SELECT reason FROM suppressions WHERE account_id = ${accountId} AND address_key = ${addressKey}) AS reason,
      EXISTS (SELECT 1 FROM notice_optouts WHERE account_id = ${accountId} AND address_key = ${addressKey}) AS optedOut`)
  if (row?.reason) return row.reason === 'unsubscribed' ? 'none' : 'stopped'
  return row?.optedOut ? 'documents' : 'all'
}

export interface Subscriber {
  accountId: string
  addressKey: string
  /** The mail whose link they used. */
  deliveryId: string
}

// Statements for a batch; each changes nothing when it is so already.

/** Another reason that is there already stays: it stops the mails as well, and is not the person's to lift. */
export const insertUnsubscribed = (db: Db, { accountId, addressKey, deliveryId }: Subscriber, now: number) =>
  db.run(sql`
    INSERT INTO suppressions (account_id, address_key, reason, server_text, delivery_id, created_at, created_by)
    VALUES (${accountId}, ${addressKey}, 'unsubscribed', '', ${deliveryId}, ${now}, '') ON CONFLICT DO NOTHING`)

export const deleteUnsubscribed = (db: Db, { accountId, addressKey }: Subscriber) =>
  db.run(sql`
    DELETE FROM suppressions WHERE account_id = ${accountId} AND address_key = ${addressKey} AND reason = 'unsubscribed'`)

export const insertNoticeOptout = (db: Db, { accountId, addressKey, deliveryId }: Subscriber, now: number) =>
  db.run(sql`
    INSERT INTO notice_optouts (account_id, address_key, delivery_id, created_at)
    VALUES (${accountId}, ${addressKey}, ${deliveryId}, ${now}) ON CONFLICT DO NOTHING`)

export const deleteNoticeOptout = (db: Db, { accountId, addressKey }: Subscriber) =>
  db.run(sql`DELETE FROM notice_optouts WHERE account_id = ${accountId} AND address_key = ${addressKey}`)
