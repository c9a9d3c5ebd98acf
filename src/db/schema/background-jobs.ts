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
] as const
export type BackgroundJobKind = (typeof BACKGROUND_JOB_KINDS)[number]

/** Work that goes on step by step until it is done: each step does little, twice the same is once, and the last one deletes the row. */
export const backgroundJobs = sqliteTable(
  'chores',
  {
    accountId: text('account_id').notNull(),
    kind: text('kind').$type<BackgroundJobKind>().notNull(),
    /** What it is about: the id of a contact or a bulk send; '' for the account itself, or, without an account, for the deployment. */
    id: text('id').notNull(),
    /** Where the next step begins; '' = at the start. */
    position: text('position').notNull(),
    dueAt: integer('due_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.kind, table.id] }), index('chores_due').on(table.dueAt)],
)

/** How far the search for what may be forgotten has come, by the name of what is searched. */
export const retentionPositions = sqliteTable('upkeep', {
  name: text('name').primaryKey(),
  position: text('position').notNull(),
})
