import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { API_SCOPE_LIST, RESPONSE_HEADERS } from '../stored-shapes'
import { json } from './json-column'

/** Keys of programs. A revoked row stays, so that History can name it. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** The beginning of the key, for people. */
    prefix: text('prefix').notNull(),
    /** SHA-256 of the key, base64url. */
    hash: text('hash').notNull(),
    scopes: json('scopes', API_SCOPE_LIST).notNull(),
    test: integer('test', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    /** Written once a day at most. */
    lastUsedAt: integer('last_used_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.id] }), uniqueIndex('api_keys_hash').on(table.hash)],
)

/** Responses to requests with an Idempotency-Key, kept for a day. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    accountId: text('account_id').notNull(),
    test: integer('test', { mode: 'boolean' }).notNull(),
    key: text('key').notNull(),
    /** SHA-256 of method, path, content type and body, base64url. */
    fingerprint: text('fingerprint').notNull(),
    /** Part of the ids of what the request makes. */
    ulid: text('ulid').notNull(),
    createdAt: integer('created_at').notNull(),
    /** Until then the request counts as being in progress. */
    leasedUntil: integer('leased_until').notNull(),
    /** Null until the response is known. */
    status: integer('status'),
    headers: json('headers', RESPONSE_HEADERS),
    body: text('body'),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.test, table.key] }),
    index('idempotency_keys_created').on(table.createdAt),
  ],
)
