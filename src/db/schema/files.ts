import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Uploaded files in R2. The row is there before the object and goes after it, so that nothing lies in R2 that nobody knows of; what
 * points to a file (an account's logo, a document's attachments) says so here in the same batch.
 */
export const files = sqliteTable(
  'files',
  {
    /** Where the object is. */
    key: text('key').primaryKey(),
    accountId: text('account_id').notNull(),
    /** Since when nothing points to it: from before the upload until it is complete, and again when it is no longer used. */
    unusedSince: integer('unused_since'),
    /** An issued document shows it: it stays, whatever else happens to it. */
    kept: integer('kept', { mode: 'boolean' }).notNull().default(false),
    /** When a sweep began to delete it. */
    doomedAt: integer('doomed_at'),
  },
  (table) => [index('files_unused').on(table.unusedSince).where(sql`unused_since IS NOT NULL`)],
)
