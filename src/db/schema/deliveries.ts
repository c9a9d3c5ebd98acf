import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { DeliveryPurpose, DeliveryStatus, SendOrigin } from '../../domain/delivery'
import type { SuppressionReason } from '../../domain/suppression'
import { EVENT, METADATA, STRINGS } from '../stored-shapes'
import { json } from './json-column'

/** One decision to send one document. The Send form contains the id, so a repeated request makes no second send. */
export const sends = sqliteTable(
  'sends',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    documentId: text('document_id').notNull(),
    origin: text('origin').$type<SendOrigin>().notNull(),
    language: text('language').notNull(),
    /** Custom text of this send; null = that of the translation at the time of rendering. */
    subject: text('subject'),
    body: text('body'),
    attachPdf: integer('attach_pdf', { mode: 'boolean' }).notNull(),
    /** Ids of the document's files that it includes; null = none. */
    attachments: json('attachments', STRINGS),
    /** The chosen time, epoch ms; null = with the next batch. */
    scheduledFor: integer('scheduled_for'),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    /** The day (ISO date) whose quota its mails count for; null on sends from before quotas. */
    countedOn: text('counted_on'),
    /** Set by programs; null = none. */
    externalId: text('external_id'),
    metadata: json('metadata', METADATA),
  },
  (table) => [
    uniqueIndex('sends_external_id')
      .on(table.accountId, table.externalId, sql`(substr(document_id, 1, 9) = 'doc_test_')`)
      .where(sql`external_id IS NOT NULL`),
  ],
)

/** Numbers of mails by account and day, waiting ones included. */
export const dailySends = sqliteTable(
  'daily_sends',
  {
    accountId: text('account_id').notNull(),
    /** `quotaDay`: an ISO date in the account's time zone, followed by `:test` for mails of test mode. */
    day: text('day').notNull(),
    used: integer('used').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.day] })],
)

/** Numbers of Facteur's own notices by account and kind (`domain/notice-budget.ts`), of the latest day only. */
export const noticeCounts = sqliteTable(
  'notice_counts',
  {
    accountId: text('account_id').notNull(),
    kind: text('kind').notNull(),
    /** ISO date, of UTC. */
    day: text('day').notNull(),
    used: integer('used').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.kind] })],
)

/** One message of a send to one address. `domain/delivery.ts` lists the states. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    documentId: text('document_id').notNull(),
    sendId: text('send_id').notNull(),
    /** The bulk send that it belongs to. */
    bulkId: text('bulk_id'),
    address: text('address').notNull(),
    purpose: text('purpose').$type<DeliveryPurpose>().notNull(),
    /** `simulator`, `deployment`, or an account's own connection. */
    connection: text('connection').notNull(),
    status: text('status').$type<DeliveryStatus>().notNull(),
    rank: integer('rank').notNull(),
    priority: integer('priority').notNull(),
    /** When a tick handles it next: a queued one is due, the lease of a dispatched or sending one expires. Null once nothing is left to do. */
    dueAt: integer('due_at'),
    /** When the current attempt was due. */
    attemptDueAt: integer('attempt_due_at'),
    /** When the attempt was due, if Facteur or its provider delays it, or delayed it before it left. */
    overdueSince: integer('overdue_since'),
    /** How often it was begun without a result since it was first lost on its way; null = never lost. */
    timesBegun: integer('times_begun'),
    attempt: integer('attempt').notNull().default(0),
    /** SHA-256 (base64url) of the hosted link's token, set with the first attempt. */
    linkHash: text('link_hash'),
    linkCreatedAt: integer('link_created_at'),
    providerMessageId: text('provider_message_id'),
    /** Why it was dropped, bounced or failed: a code, with its sentence at `reason.<code>` in the locales. */
    reason: text('reason'),
    /** The server's response, at most 500 characters. */
    serverText: text('server_text'),
    /** Reason of a suppression that an admin has overridden for this delivery. */
    despite: text('despite').$type<SuppressionReason>(),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
    deliveredAt: integer('delivered_at'),
    /** When it reached its status, if that is neither sent nor delivered. */
    endedAt: integer('ended_at'),
    /** The From address of the latest attempt; null = the platform's. */
    senderAddress: text('sender_address'),
    /** The account's, when it was made: what happens to it is recorded for programs. */
    recordsEvents: integer('records_events', { mode: 'boolean' }),
  },
  (table) => [
    index('deliveries_due')
      .on(table.connection, table.priority, table.accountId, table.dueAt)
      .where(sql`due_at IS NOT NULL`),
    index('deliveries_overdue')
      .on(table.accountId, table.connection, table.priority, table.overdueSince)
      .where(sql`overdue_since IS NOT NULL AND due_at IS NOT NULL`),
    index('deliveries_left_late')
      .on(table.accountId, table.connection, table.overdueSince)
      .where(sql`overdue_since IS NOT NULL AND sent_at IS NOT NULL`),
    index('deliveries_document').on(table.accountId, table.documentId),
    index('deliveries_account').on(table.accountId, table.id),
    uniqueIndex('deliveries_link').on(table.linkHash).where(sql`link_hash IS NOT NULL`),
  ],
)

/** Addresses to which an account must not send. */
export const suppressions = sqliteTable(
  'suppressions',
  {
    accountId: text('account_id').notNull(),
    /** `addressKey(address)`: lower-cased, domain in IDNA. */
    addressKey: text('address_key').notNull(),
    reason: text('reason').$type<SuppressionReason>().notNull(),
    serverText: text('server_text').notNull(),
    deliveryId: text('delivery_id'),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.addressKey] }),
    index('suppressions_created').on(table.accountId, table.createdAt, table.addressKey),
  ],
)

/** Addresses that accept an account's documents, but no reminders or notices. */
export const noticeOptouts = sqliteTable(
  'notice_optouts',
  {
    accountId: text('account_id').notNull(),
    addressKey: text('address_key').notNull(),
    deliveryId: text('delivery_id').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.addressKey] })],
)

/** Links that recipients requested after the one in their mail (`deliveries.link_hash`) had expired. */
export const freshLinks = sqliteTable(
  'fresh_links',
  {
    accountId: text('account_id').notNull(),
    deliveryId: text('delivery_id').notNull(),
    createdAt: integer('created_at').notNull(),
    /** SHA-256 (base64url) of the link's token. */
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.deliveryId, table.createdAt] }),
    uniqueIndex('fresh_links_hash').on(table.hash),
  ],
)

/** State of a provider connection. No row = it works. */
export const providerStates = sqliteTable('provider_states', {
  connection: text('connection').primaryKey(),
  pausedUntil: integer('paused_until').notNull(),
  reason: text('reason').notNull(),
  serverText: text('server_text').notNull(),
  updatedAt: integer('updated_at').notNull(),
  /** When it stopped working; null while it works. */
  since: integer('since'),
  /** Consecutive pauses since then. */
  failures: integer('failures').notNull().default(0),
})

/** Raw events that are negative, unknown or match no delivery. Retention deletes them. */
export const providerEvents = sqliteTable(
  'provider_events',
  {
    connection: text('connection').notNull(),
    key: text('key').notNull(),
    deliveryId: text('delivery_id').notNull(),
    receivedAt: integer('received_at').notNull(),
    event: json('event', EVENT).notNull(),
    /** Until when it is tried again, having found no delivery; null = it found one, or stays without. */
    matchUntil: integer('match_until'),
  },
  (table) => [
    primaryKey({ columns: [table.connection, table.key] }),
    index('provider_events_received').on(table.receivedAt),
    index('provider_events_delivery').on(table.deliveryId),
    index('provider_events_unmatched').on(table.matchUntil).where(sql`match_until IS NOT NULL`),
  ],
)

/** Deliveries by the provider's id, where its events name none of ours (Cloudflare's). A row goes with its delivery. */
export const providerMessages = sqliteTable(
  'provider_messages',
  {
    connection: text('connection').notNull(),
    messageId: text('message_id').notNull(),
    deliveryId: text('delivery_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.connection, table.messageId] })],
)
