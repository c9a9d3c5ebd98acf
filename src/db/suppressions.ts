import { sql } from 'drizzle-orm'
import { TEST_ID } from '../domain/test-mode'
import { type Db, eachOf, jsonList } from './client'

/** Suppresses the addresses of these deliveries, each for its account, unless they are suppressed already. Leaves out test documents. */
export function suppressAddressesOf(db: Db, rows: { deliveryId: string; reason: string; text: string }[], now: number) {
  return db.run(sql`
    INSERT INTO suppressions (account_id, address_key, reason, server_text, delivery_id, created_at, created_by)
    SELECT d.account_id, lower(d.address), value->>'reason', value->>'text', d.id, ${now}, ''
    FROM json_each(${jsonList(rows)}) CROSS JOIN deliveries d ON d.id = value->>'deliveryId' AND d.purpose = 'customer'
    WHERE substr(d.document_id, 1, ${TEST_ID.length}) <> ${TEST_ID}
    ON CONFLICT DO NOTHING`)
}

/** Lists those of `addressKeys` that are suppressed, with the reason. */
export function listSuppressed(db: Db, accountId: string, addressKeys: string[]) {
  return db.all<{ addressKey: string; reason: string }>(sql`
    SELECT s.address_key AS addressKey, s.reason FROM ${eachOf(addressKeys.map((key) => [key]))} j
    CROSS JOIN suppressions s ON s.account_id = ${accountId} AND s.address_key = j.value->>0`)
}

/**
 * The mails that an address accepts from an account: `all`, `documents` without reminders and notices, or `none` after an unsubscribe.
 * `stopped` means none because of a bounce, a complaint or the merchant, which the recipient can't change.
 */
export type Subscription = 'all' | 'documents' | 'none' | 'stopped'

/** Returns the subscription of an address. */
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
  /** The delivery whose link was used. */
  deliveryId: string
}

/** Suppresses an address as unsubscribed. Keeps an existing reason, which stops the mails as well. For a batch. */
export const insertUnsubscribed = (db: Db, { accountId, addressKey, deliveryId }: Subscriber, now: number) =>
  db.run(sql`
    INSERT INTO suppressions (account_id, address_key, reason, server_text, delivery_id, created_at, created_by)
    VALUES (${accountId}, ${addressKey}, 'unsubscribed', '', ${deliveryId}, ${now}, '') ON CONFLICT DO NOTHING`)

/** Deletes the suppression of an unsubscribe, and no other. For a batch. */
export const deleteUnsubscribed = (db: Db, { accountId, addressKey }: Subscriber) =>
  db.run(sql`
    DELETE FROM suppressions WHERE account_id = ${accountId} AND address_key = ${addressKey} AND reason = 'unsubscribed'`)

/** Excludes an address from reminders and notices. For a batch. */
export const insertNoticeOptout = (db: Db, { accountId, addressKey, deliveryId }: Subscriber, now: number) =>
  db.run(sql`
    INSERT INTO notice_optouts (account_id, address_key, delivery_id, created_at)
    VALUES (${accountId}, ${addressKey}, ${deliveryId}, ${now}) ON CONFLICT DO NOTHING`)

/** Includes an address in reminders and notices again. For a batch. */
export const deleteNoticeOptout = (db: Db, { accountId, addressKey }: Subscriber) =>
  db.run(sql`DELETE FROM notice_optouts WHERE account_id = ${accountId} AND address_key = ${addressKey}`)
