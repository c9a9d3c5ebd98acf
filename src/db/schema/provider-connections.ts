import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ProviderKind } from '../../domain/provider'
import type { ConnectionPlace } from '../../domain/provider-connection'
import { PROVIDER_SETTINGS } from '../stored-shapes'
import { json } from './json-column'

/** An account's own mail providers. A removed row stays without its secrets, so that late events still find their deliveries. */
export const providerConnections = sqliteTable(
  'provider_connections',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    /** `second` takes over while `first` is paused or fails. */
    place: text('place').$type<ConnectionPlace>().notNull(),
    kind: text('kind').$type<ProviderKind>().notNull(),
    /** Without secrets. */
    settings: json('settings', PROVIDER_SETTINGS).notNull(),
    /** Sealed JSON of the secret settings; null once removed. */
    secrets: text('secrets'),
    /** Token in the path that the provider calls with its events. */
    hook: text('hook').notNull(),
    /** Sealed: proves that a call comes from the provider. */
    hookSecret: text('hook_secret'),
    /** The latest test mail: when, what came of it (a type of SendOutcome), and the provider's response. */
    testedAt: integer('tested_at'),
    testOutcome: text('test_outcome'),
    testText: text('test_text'),
    /** Since when it carries the account's mails: a test mail was accepted over it as it is set up now. */
    workingAt: integer('working_at'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (table) => [
    uniqueIndex('provider_connections_hook').on(table.hook),
    index('provider_connections_account').on(table.accountId, table.place).where(sql`removed_at IS NULL`),
  ],
)
