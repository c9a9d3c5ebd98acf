import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BulkState } from '../../domain/bulk-send'
import { BULK_SOURCE, TALLY } from '../stored-shapes'
import { json } from './json-column'

/** One act over many documents. */
export const bulkSends = sqliteTable(
  'bulk_sends',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    /** Documents of test mode, and no others. */
    test: integer('test', { mode: 'boolean' }).notNull().default(false),
    state: text('state').$type<BulkState>().notNull(),
    /** 1 while there is a step to do. */
    working: integer('working'),
    source: json('source', BULK_SOURCE).notNull(),
    /** How far the state's steps have come; '' = not begun. Each step moves it only from where it found it. */
    cursor: text('cursor').notNull().default(''),
    tally: json('tally', TALLY).notNull(),
    /** More would have matched than one bulk send takes. */
    capped: integer('capped', { mode: 'boolean' }).notNull().default(false),
    /** Flags of the groups that the person left out. */
    leftOut: integer('left_out').notNull().default(0),
    confirmedAt: integer('confirmed_at'),
    confirmedBy: text('confirmed_by'),
    /** Epoch ms: the mails leave with the first tick after it, and all of them can be undone until then. */
    dueAt: integer('due_at'),
    undoneAt: integer('undone_at'),
    undoneBy: text('undone_by'),
    /** Documents: made sends of, and left out because of what happened since the list was fixed. */
    queued: integer('queued').notNull().default(0),
    withheld: integer('withheld').notNull().default(0),
    /** Of those withheld: the ones beyond the day's quota. */
    overQuota: integer('over_quota').notNull().default(0),
    /** Mails, by what became of them: kept by the trigger `deliveries_bulk_progress`. */
    waiting: integer('waiting').notNull().default(0),
    sent: integer('sent').notNull().default(0),
    delivered: integer('delivered').notNull().default(0),
    deferred: integer('deferred').notNull().default(0),
    unknown: integer('unknown').notNull().default(0),
    problem: integer('problem').notNull().default(0),
    cancelled: integer('cancelled').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('bulk_sends_working').on(table.accountId, table.id).where(sql`working IS NOT NULL`),
  ],
)

/** The fixed list: a row for each document, with what was known of it when it was looked at. */
export const bulkDocuments = sqliteTable(
  'bulk_documents',
  {
    accountId: text('account_id').notNull(),
    bulkId: text('bulk_id').notNull(),
    /** The order in which they are queued (`bulkPosition`). */
    position: text('position').notNull(),
    documentId: text('document_id').notNull(),
    /** `BULK_FLAGS`. */
    flags: integer('flags').notNull(),
    version: integer('version').notNull(),
    credited: integer('credited').notNull(),
    latestSendId: text('latest_send_id'),
    /** Why it was left out when its turn came: `bulk.reason.<reason>`. */
    reason: text('reason').$type<string>(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.bulkId, table.position] })],
)
