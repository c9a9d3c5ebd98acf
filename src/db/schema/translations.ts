import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { TEXT_KINDS } from '../../domain/translation'

/** A merchant's custom mail texts. Without a row, the built-in text is used; in a custom language, the text of its fallback language. */
export const translations = sqliteTable(
  'translations',
  {
    accountId: text('account_id').notNull(),
    language: text('language').notNull(),
    kind: text('kind', { enum: TEXT_KINDS }).notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    version: integer('version').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.language, table.kind] })],
)
