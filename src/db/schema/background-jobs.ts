import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const BACKGROUND_JOB_KINDS = [
  'forget_contact',
  'merge_contact',
  'separate_contact',
  'export_account',
  'delete_account',
  'forget_preflight',
  'stop_sends',
  'outages',
  'check_sender',
  'post_events',
  'delete_events',
  'delete_idempotency_keys',
] as const
export type BackgroundJobKind = (typeof BACKGROUND_JOB_KINDS)[number]

/** Work in steps. Each step does little and can be repeated without effect; the last one deletes the row. */
export const backgroundJobs = sqliteTable(
  'chores',
  {
    accountId: text('account_id').notNull(),
    kind: text('kind').$type<BackgroundJobKind>().notNull(),
    /** Id of the contact or bulk send that the job works on; '' for the account itself, or for the deployment if `accountId` is ''. */
    id: text('id').notNull(),
    /** Where the next step begins; '' = the start. */
    position: text('position').notNull(),
    dueAt: integer('due_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.kind, table.id] }), index('chores_due').on(table.dueAt)],
)

/** Positions of the searches for rows that retention deletes. */
export const retentionPositions = sqliteTable('upkeep', {
  name: text('name').primaryKey(),
  position: text('position').notNull(),
})
