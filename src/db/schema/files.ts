import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Uploaded files in R2. A row is inserted before its object and deleted after it, so every object has a row. A batch that makes an account's
 * logo or a document's attachments refer to a file, or no longer, updates its row.
 */
export const files = sqliteTable(
  'files',
  {
    /** Key of the object in R2. */
    key: text('key').primaryKey(),
    accountId: text('account_id').notNull(),
    /** Since when nothing refers to it: during the upload, and once it is no longer used. Epoch ms. */
    unusedSince: integer('unused_since'),
    /** An issued document shows it, so it is never deleted by the sweep. */
    kept: integer('kept', { mode: 'boolean' }).notNull().default(false),
    /** When a sweep began to delete it, epoch ms. */
    doomedAt: integer('doomed_at'),
  },
  (table) => [index('files_unused').on(table.unusedSince).where(sql`unused_since IS NOT NULL`)],
)
