import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { TEXT_KINDS } from '../../domain/translation'

/** Texts of mails that a merchant has written. No row: ours holds or, in a language of his own, that of the next language. */
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
