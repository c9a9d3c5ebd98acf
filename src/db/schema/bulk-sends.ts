import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BulkState } from '../../domain/bulk-send'
import { BULK_SOURCE, TALLY } from '../stored-shapes'
import { json } from './json-column'

/** One send of many documents. */
export const bulkSends = sqliteTable(
  'bulk_sends',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    /** True for test documents only, false for live ones only. */
    test: integer('test', { mode: 'boolean' }).notNull().default(false),
    state: text('state').$type<BulkState>().notNull(),
    /** 1 while there is a step to do. */
    working: integer('working'),
    source: json('source', BULK_SOURCE).notNull(),
    /** Position of the current state's steps; '' = the start. A step advances it only from the position where it began. */
    cursor: text('cursor').notNull().default(''),
    tally: json('tally', TALLY).notNull(),
    /** More documents matched than one bulk send can have. */
    capped: integer('capped', { mode: 'boolean' }).notNull().default(false),
    /** Flags of the groups that the person excluded. */
    leftOut: integer('left_out').notNull().default(0),
    /** True: it is confirmed as soon as its list is fixed, since a program asked for it. */
    confirmWhenReady: integer('confirm_when_ready', { mode: 'boolean' }),
    /** Why it could not be confirmed then: `refusal.<reason>`. */
    refusal: text('refusal'),
    confirmedAt: integer('confirmed_at'),
    confirmedBy: text('confirmed_by'),
    /** Epoch ms. The mails leave with the first tick after it; until then all of them can be undone. */
    dueAt: integer('due_at'),
    undoneAt: integer('undone_at'),
    undoneBy: text('undone_by'),
    /** Documents for which a send was queued. */
    queued: integer('queued').notNull().default(0),
    /** Documents left out because they changed after the list was fixed. */
    withheld: integer('withheld').notNull().default(0),
    /** Withheld documents that exceeded the daily quota. */
    overQuota: integer('over_quota').notNull().default(0),
    /** Numbers of mails by status, updated by the trigger `deliveries_bulk_progress`. */
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

/** The fixed list of a bulk send: a row for each document, with its state when the list was made. */
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
    /** Why it was withheld when it was to be queued: `bulk.reason.<reason>`. */
    reason: text('reason').$type<string>(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.bulkId, table.position] })],
)
