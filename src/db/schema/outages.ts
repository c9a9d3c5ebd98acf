import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Messages that a queue could not process. `kind` is `dead_letters` or `consumer`. */
export const queueFailures = sqliteTable(
  'queue_failures',
  {
    at: integer('at').notNull(),
    kind: text('kind').notNull(),
    messages: integer('messages').notNull(),
  },
  (table) => [primaryKey({ columns: [table.at, table.kind] })],
)

/** Accounts whose mails are delayed so long that the owner is notified. */
export const outages = sqliteTable(
  'outages',
  {
    accountId: text('account_id').notNull(),
    connection: text('connection').notNull(),
    /** When the longest delayed mail was due, epoch ms. */
    since: integer('since').notNull(),
    /** Why the connection is paused (`provider_states.reason`); '' if it is not. */
    reason: text('reason').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.connection] })],
)
