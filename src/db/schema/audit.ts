import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AuditAction } from '../../domain/audit'
import { CHANGES } from '../stored-shapes'
import { json } from './json-column'

/** Changes of an account's settings and members. Append-only. Ids are ULIDs, so the primary key is in the order of time. */
export const audit = sqliteTable(
  'audit',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    at: integer('at').notNull(),
    /** User id; '' for an unauthenticated person with a mailed link. */
    actor: text('actor').notNull(),
    action: text('action').$type<AuditAction>().notNull(),
    /** What was changed: a person or an object; '' when the action alone is enough. */
    subject: text('subject').notNull(),
    changes: json('changes', CHANGES).notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.id] })],
)
