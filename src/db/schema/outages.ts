import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What the queues could not hand over. `kind` is `dead_letters` or `consumer`. */
export const queueFailures = sqliteTable(
  'queue_failures',
  {
    at: integer('at').notNull(),
    kind: text('kind').notNull(),
    messages: integer('messages').notNull(),
  },
  (table) => [primaryKey({ columns: [table.at, table.kind] })],
)

/** Accounts whose mails wait for a provider so long that their owner is to know. */
export const outages = sqliteTable(
  'outages',
  {
    accountId: text('account_id').notNull(),
    connection: text('connection').notNull(),
    /** When the first of its mails should have left. */
    since: integer('since').notNull(),
    /** Why the connection rests, as `provider_states` has it; '' where it does not. */
    reason: text('reason').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.connection] })],
)
