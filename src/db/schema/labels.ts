import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { LabelTexts } from '../../domain/labels'

/** Labels of documents and mails that a merchant has worded, by key. No row, or no key: ours holds. */
export const labels = sqliteTable(
  'labels',
  {
    accountId: text('account_id').notNull(),
    language: text('language').notNull(),
    texts: text('texts', { mode: 'json' }).$type<LabelTexts>().notNull(),
    version: integer('version').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.language] })],
)
