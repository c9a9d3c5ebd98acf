import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { CHECKED_RECORDS } from '../stored-shapes'
import { json } from './json-column'

/** The From address that an account would like, one an account, and what its domain's DNS records say. */
export const senderDomains = sqliteTable(
  'sender_domains',
  {
    accountId: text('account_id').primaryKey(),
    /** As `parseEmailAddress` returns it. */
    address: text('address').notNull(),
    domain: text('domain').notNull(),
    /** Of the key that signs; null before the first was found. */
    selector: text('selector'),
    /** Since when the address is used; null while it is not. */
    verifiedAt: integer('verified_at'),
    /** The first of the failed checks in a row, while it is used; null = the latest check went well. */
    failedAt: integer('failed_at'),
    records: json('records', CHECKED_RECORDS).notNull(),
    checkedAt: integer('checked_at'),
    addedAt: integer('added_at').notNull(),
    /** Grows with every write: a check that was overtaken changes nothing. */
    revision: integer('revision').notNull(),
  },
  (table) => [uniqueIndex('sender_domains_verified').on(table.domain).where(sql`verified_at IS NOT NULL`)],
)

/** Keys that sign mails from an account's domain: at most two, one of which replaces the other. */
export const senderKeys = sqliteTable(
  'sender_keys',
  {
    accountId: text('account_id').notNull(),
    /** Where the public part is published: `<selector>._domainkey.<domain>`. */
    selector: text('selector').notNull(),
    domain: text('domain').notNull(),
    /** DER (SPKI) in base64. */
    publicKey: text('public_key').notNull(),
    /** Sealed: DER (PKCS #8) in base64. */
    privateKey: text('private_key').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.selector] })],
)
