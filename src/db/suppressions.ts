import { sql } from 'drizzle-orm'
import { type Db, jsonList } from './client'

/** Suppresses the addresses of these deliveries for their own accounts; the first reason stays. */
export function suppressAddressesOf(db: Db, rows: { deliveryId: string; reason: string; text: string }[], now: number) {
  return db.run(sql`
    INSERT INTO suppressions (account_id, address_key, reason, server_text, delivery_id, created_at, created_by)
    SELECT d.account_id, lower(d.address), value->>'reason', value->>'text', d.id, ${now}, ''
    FROM json_each(${jsonList(rows)}) CROSS JOIN deliveries d ON d.id = value->>'deliveryId' AND d.purpose = 'customer'
    WHERE true
    ON CONFLICT DO NOTHING`)
}

/** Those of these address keys that the account must not write to, with the reason. */
export function listSuppressed(db: Db, accountId: string, addressKeys: string[]) {
  return db.all<{ addressKey: string; reason: string }>(sql`
    SELECT s.address_key AS addressKey, s.reason FROM json_each(${jsonList(addressKeys)}) j
    CROSS JOIN suppressions s ON s.account_id = ${accountId} AND s.address_key = j.value`)
}
