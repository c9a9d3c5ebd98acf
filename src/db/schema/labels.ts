import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { LABEL_TEXTS } from '../stored-shapes'
import { json } from './json-column'

/** A merchant's custom labels of documents and mails, by key. Without a row or a key, the built-in label is used. */
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
