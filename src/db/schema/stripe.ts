import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { PARTY, SHORTCOMINGS } from '../stored-shapes'
import { json } from './json-column'

/** An account's connection to Stripe. Secrets and keys are encrypted (`commands/secret-box.ts`) and separate for live and test mode. */
export const stripeConnections = sqliteTable(
  'stripe_connections',
  {
    accountId: text('account_id').primaryKey(),
    /** Last path segment of the webhook's URL. */
    hook: text('hook').notNull(),
    liveSecret: text('live_secret'),
    testSecret: text('test_secret'),
    liveKey: text('live_key'),
    testKey: text('test_key'),
    /** When the first event of a Checkout Session came; null = never. */
    checkoutAt: integer('checkout_at'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [uniqueIndex('stripe_connections_hook').on(table.hook)],
)

/** States of an event: `waiting` to be processed or for another event; `done`; `ignored`, an unused type; `unmapped`, shown to the merchant. */
export const STRIPE_EVENT_STATES = ['waiting', 'done', 'ignored', 'unmapped'] as const
export type StripeEventState = (typeof STRIPE_EVENT_STATES)[number]

export const stripeEvents = sqliteTable(
  'stripe_events',
  {
    accountId: text('account_id').notNull(),
    /** Stripe's `evt_…`, so that an event sent twice is one row. */
    id: text('id').notNull(),
    type: text('type').notNull(),
    /** Id of the event's object. */
    subject: text('subject').notNull(),
    test: integer('test', { mode: 'boolean' }).notNull(),
    happenedAt: integer('told_at').notNull(),
    receivedAt: integer('received_at').notNull(),
    state: text('state', { enum: STRIPE_EVENT_STATES }).notNull(),
    /** `stripe.reason.<reason>` in the locales is the sentence. */
    reason: text('reason'),
    /** The document or contact that was made from it. */
    targetId: text('target_id'),
    /** When it is processed next, while it waits, epoch ms. */
    dueAt: integer('due_at'),
    attempt: integer('attempt').notNull().default(0),
    body: text('body'),
    /** What is missing in its document, field by field; null = `reason` is enough. */
    problems: json('problems', SHORTCOMINGS),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('stripe_events_due').on(table.dueAt).where(sql`due_at IS NOT NULL`),
    index('stripe_events_subject').on(table.accountId, table.subject).where(sql`due_at IS NOT NULL`),
    index('stripe_events_listed').on(table.accountId, table.receivedAt),
    index('stripe_events_old').on(table.receivedAt),
    index('stripe_events_of_target').on(table.accountId, table.targetId).where(sql`state = 'unmapped'`),
    index('stripe_events_unmapped').on(table.accountId, table.receivedAt).where(sql`state = 'unmapped'`),
  ],
)

/** The document or contact that was made from each of Stripe's objects. The first target of an id is kept. */
export const stripeObjects = sqliteTable(
  'stripe_objects',
  {
    accountId: text('account_id').notNull(),
    /** `cus_…`, `pi_…`, `ch_…`, `in_…`, `re_…`, or `guest:` and an address; `test:` before those of test customers. */
    id: text('id').notNull(),
    /** The payment of an invoice, once it is known. */
    payment: text('payment'),
    targetId: text('target_id'),
    /** Customer, currency and amount, to match events that don't refer to each other. */
    likeness: text('likeness'),
    /** Latest data of a customer. */
    facts: json('facts', PARTY),
    at: integer('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('stripe_objects_likeness').on(table.accountId, table.likeness).where(sql`likeness IS NOT NULL`),
    index('stripe_objects_target').on(table.accountId, table.targetId).where(sql`target_id IS NOT NULL`),
  ],
)
