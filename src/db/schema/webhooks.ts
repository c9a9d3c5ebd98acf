import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { OutgoingEventType } from '../../domain/outgoing-event'
import type { CallState, DisabledReason } from '../../domain/webhook-call'
import { CALL_LOG, EVENT_TYPES, OUTGOING_EVENT_DATA } from '../stored-shapes'
import { json } from './json-column'

/** Addresses that programs gave for events. */
export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    test: integer('test', { mode: 'boolean' }).notNull(),
    url: text('url').notNull(),
    description: text('description').notNull(),
    events: json('events', EVENT_TYPES).notNull(),
    /** Encrypted, as `previousSecret`, which signs too until `previousUntil`. */
    secret: text('secret').notNull(),
    previousSecret: text('previous_secret'),
    previousUntil: integer('previous_until'),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    /** Since when it has taken nothing; null while it works. */
    failingSince: integer('failing_since'),
    disabledAt: integer('disabled_at'),
    disabledReason: text('disabled_reason').$type<DisabledReason>(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.id] })],
)

/** What happened, for programs. Triggers write it. */
export const outgoingEvents = sqliteTable(
  'outgoing_events',
  {
    accountId: text('account_id').notNull(),
    /** Begins with the time. */
    id: text('id').notNull(),
    type: text('type').$type<OutgoingEventType>().notNull(),
    at: integer('at').notNull(),
    test: integer('test', { mode: 'boolean' }).notNull(),
    documentId: text('document_id'),
    sendId: text('send_id'),
    deliveryId: text('delivery_id'),
    contactId: text('contact_id'),
    data: json('data', OUTGOING_EVENT_DATA).notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.id] })],
)

/** An event for an endpoint, and the attempts to post it. */
export const webhookCalls = sqliteTable(
  'webhook_calls',
  {
    accountId: text('account_id').notNull(),
    endpointId: text('endpoint_id').notNull(),
    eventId: text('event_id').notNull(),
    state: text('state').$type<CallState>().notNull(),
    attempts: integer('attempts').notNull(),
    /** When it is posted next; null once that is over. */
    dueAt: integer('due_at'),
    /** The latest attempts, oldest first. */
    log: json('log', CALL_LOG).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.endpointId, table.eventId] }),
    index('webhook_calls_due').on(table.dueAt).where(sql`due_at IS NOT NULL`),
  ],
)
