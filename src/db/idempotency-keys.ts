/** Queries of responses to requests with an Idempotency-Key. */
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client'
import { idempotencyKeys } from './schema'

export type IdempotencyKey = typeof idempotencyKeys.$inferSelect
export type IdempotencyRef = Pick<IdempotencyKey, 'accountId' | 'test' | 'key'>

const is = ({ accountId, test, key }: IdempotencyRef) =>
  and(eq(idempotencyKeys.accountId, accountId), eq(idempotencyKeys.test, test), eq(idempotencyKeys.key, key))

/** Deletes a key that is older than `before`. For a batch. */
export const deleteExpiredKey = (db: Db, ref: IdempotencyRef, before: number) =>
  db.delete(idempotencyKeys).where(and(is(ref), sql`${idempotencyKeys.createdAt} <= ${before}`))

/** Claims a key until `leasedUntil`: a new one, or one whose request ended without a response. For a batch; returns its ULID if claimed. */
export const claimKey = (claim: Omit<IdempotencyKey, 'status' | 'headers' | 'body'>): SQL => sql`
  INSERT INTO idempotency_keys (account_id, test, key, fingerprint, ulid, created_at, leased_until)
  VALUES (${claim.accountId}, ${claim.test ? 1 : 0}, ${claim.key}, ${claim.fingerprint}, ${claim.ulid}, ${claim.createdAt}, ${claim.leasedUntil})
  ON CONFLICT (account_id, test, key) DO UPDATE SET leased_until = excluded.leased_until
    WHERE status IS NULL AND leased_until <= ${claim.createdAt} AND fingerprint = excluded.fingerprint
  RETURNING ulid`

export const findIdempotencyKey = (db: Db, ref: IdempotencyRef): Promise<IdempotencyKey | undefined> =>
  db.select().from(idempotencyKeys).where(is(ref)).get()

/** Stores the response, or frees the key for another attempt if there is none. */
export const finishKey = (db: Db, ref: IdempotencyRef, response: Pick<IdempotencyKey, 'status' | 'headers' | 'body'>) =>
  db
    .update(idempotencyKeys)
    .set({ ...response, leasedUntil: 0 })
    .where(is(ref))

/** Deletes up to `limit` keys that are older than `before`; returns how many. */
export async function deleteOldKeys(db: Db, before: number, limit: number): Promise<number> {
  const { meta } = await db.run(sql`
    DELETE FROM idempotency_keys WHERE (account_id, test, key) IN (
      SELECT account_id, test, key FROM idempotency_keys WHERE created_at <= ${before} ORDER BY created_at LIMIT ${limit})`)
  return meta.changes
}

export async function hasIdempotencyKeys(db: Db): Promise<boolean> {
  return (await db.get(sql`SELECT 1 FROM idempotency_keys LIMIT 1`)) !== undefined
}
