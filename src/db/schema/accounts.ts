import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DEFAULT_DAILY_QUOTA } from '../../domain/quota'
import type { RestReason } from '../../domain/reputation'
import { COMPANY, LOGO, SETTINGS } from '../stored-shapes'
import { json } from './json-column'

/** A merchant's business. `id` is that of its organisation. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    company: json('company', COMPANY).notNull(),
    settings: json('settings', SETTINGS).notNull(),
    /** The current logo. Issued documents keep the one they were issued with. */
    logo: json('logo', LOGO),
    /** Increases with every change of company or settings, so that a stale form is refused. */
    version: integer('version').notNull(),
    /** The company e-mail address that was confirmed by a mailed link. Sending requires that it is the current one. */
    confirmedReplyEmail: text('confirmed_reply_email').notNull().default(''),
    replyTokenHash: text('reply_token_hash'),
    replyTokenExpiresAt: integer('reply_token_expires_at'),
    createdAt: integer('created_at').notNull(),
    /** Mails a day. Only the deployment's owner changes it. */
    dailyQuota: integer('daily_quota').notNull().default(DEFAULT_DAILY_QUOTA),
    /** IANA zone whose days the quota counts; null = that of the settings, which has never been changed. */
    quotaZone: text('quota_zone'),
    /** When and why bulk and automatic mails were paused; null = they are not (`domain/reputation.ts`). */
    restingAt: integer('resting_at'),
    restingReason: text('resting_reason').$type<RestReason>(),
    /** When an owner last resumed them. Mails that left before no longer count. */
    resumedAt: integer('resumed_at'),
    /** When the account is deleted. Until then the deletion can be cancelled. */
    closingAt: integer('closing_at'),
    /** Connections of its own that carry its mails; null = the deployment's. */
    mailConnection: text('mail_connection'),
    secondConnection: text('second_connection'),
    /** Its own From address, while the domain is verified; null = the platform's. */
    senderAddress: text('sender_address'),
    /** True once it has had a key or an endpoint: what happens is recorded for programs. */
    recordsEvents: integer('records_events', { mode: 'boolean' }),
  },
  (table) => [
    index('accounts_created').on(table.createdAt, table.id),
    index('accounts_records_events').on(table.id).where(sql`records_events = 1`),
  ],
)

/** The counter of a number series: one row per kind of document, mode and period (the year, if the pattern has one). */
export const series = sqliteTable(
  'series',
  {
    accountId: text('account_id').notNull(),
    /** `invoice`, or `invoice:test` for test mode. */
    name: text('name').notNull(),
    /** '2026', or '' for a pattern without a year. */
    period: text('period').notNull(),
    next: integer('next').notNull(),
    /** Latest issue date in the series; '' before the first. */
    lastIssueDate: text('last_issue_date').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.name, table.period] })],
)
