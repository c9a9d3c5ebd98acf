import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { LABEL_TEXTS } from '../stored-shapes'
import { json } from './json-column'

/** Labels of documents and mails that a merchant has worded, by key. No row, or no key: ours holds. */
export const labels = sqliteTable(
  'labels',
  {
    accountId: text('account_id').notNull(),
    language: text('language').notNull(),
    texts: json('texts', LABEL_TEXTS).notNull(),
    version: integer('version').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.language] })],
)
