import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AuditAction } from '../../domain/audit'
import { CHANGES } from '../stored-shapes'
import { json } from './json-column'

/** Who changed what in an account's settings and people. Only ever added to; ids are ULIDs, so the key is the order. */
export const audit = sqliteTable(
  'audit',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    at: integer('at').notNull(),
    /** User id; '' for somebody who held a mailed link. */
    actor: text('actor').notNull(),
    action: text('action').$type<AuditAction>().notNull(),
    /** The person or thing that it was done to; '' where the action says it all. */
    subject: text('subject').notNull(),
    changes: json('changes', CHANGES).notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.id] })],
)
