/** Queries of the keys of programs. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { MAX_API_KEYS } from '../domain/api-key'
import type { StoredAccount } from './accounts'
import type { Db } from './client'
import { accounts, apiKeys } from './schema'

export type ApiKey = typeof apiKeys.$inferSelect

/** Finds a key by the hash of its text, revoked or not, with the account that it belongs to. */
export const findApiKeyByHash = (db: Db, hash: string): Promise<{ key: ApiKey; account: StoredAccount } | undefined> =>
  db
    .select({ key: apiKeys, account: accounts })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .where(eq(apiKeys.hash, hash))
    .get()

/** Returns an account's key, revoked or not. */
export const findApiKey = (db: Db, accountId: string, id: string): Promise<ApiKey | undefined> =>
  db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.accountId, accountId), eq(apiKeys.id, id)))
    .get()

/** Lists an account's keys that work, newest first. */
export const listApiKeys = (db: Db, accountId: string): Promise<ApiKey[]> =>
  db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.accountId, accountId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.id))
    .all()

/** Lists all keys that an account ever had, without their hashes, oldest first: the actors of what programs did. */
export const listKeysEver = (db: Db, accountId: string) =>
  db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      test: apiKeys.test,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .where(eq(apiKeys.accountId, accountId))
    .orderBy(apiKeys.id)
    .all()

/** Inserts a key, unless its id exists or the account has too many. For a batch; returns a row when it was inserted. */
export const insertApiKey = (key: Omit<ApiKey, 'lastUsedAt' | 'revokedAt'>) => sql`
  INSERT INTO api_keys (account_id, id, name, prefix, hash, scopes, test, created_at, created_by)
  SELECT ${key.accountId}, ${key.id}, ${key.name}, ${key.prefix}, ${key.hash}, ${JSON.stringify(key.scopes)},
    ${key.test ? 1 : 0}, ${key.createdAt}, ${key.createdBy}
  WHERE (SELECT count(*) FROM api_keys WHERE account_id = ${key.accountId} AND revoked_at IS NULL) < ${MAX_API_KEYS}
  ON CONFLICT DO NOTHING
  RETURNING id`

/** Revokes a key. For a batch; changes nothing the second time. */
export const markApiKeyRevoked = (accountId: string, id: string, now: number) => sql`
  UPDATE api_keys SET revoked_at = ${now} WHERE account_id = ${accountId} AND id = ${id} AND revoked_at IS NULL`

/** Records that a key was used. */
export const markApiKeyUsed = (db: Db, { accountId, id }: Pick<ApiKey, 'accountId' | 'id'>, now: number) =>
  db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.accountId, accountId), eq(apiKeys.id, id)))
