import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { DeliveryStatus } from '../../domain/delivery'

/** Deliveries that could not be made, and those with an unknown outcome: the bell counts them and the notices list them. */
export const problems = sqliteTable(
  'problems',
  {
    accountId: text('account_id').notNull(),
    documentId: text('document_id').notNull(),
    deliveryId: text('delivery_id').notNull(),
    /** Counts up within the account in the order in which rows became true, so that a reader can say up to which it has read. */
    seq: integer('seq').notNull(),
    addressKey: text('address_key').notNull(),
    /** The delivery's, here for filters. */
    status: text('status').$type<DeliveryStatus>().notNull(),
    /** When we learned of it, epoch ms. */
    at: integer('at').notNull(),
    /** It counts towards suppressing the address: given up, and nothing delivered there since. */
    repeated: integer('repeated', { mode: 'boolean' }).notNull().default(false),
    /** Nothing is to be done any more, epoch ms. */
    settledAt: integer('settled_at'),
    /** Who put it aside or sent again; '' = it turned out well by itself. */
    settledBy: text('settled_by'),
    /** The later send that made up for it. */
    settledSendId: text('settled_send_id'),
    /** Of a test document. */
    test: integer('test', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.documentId, table.deliveryId] }),
    uniqueIndex('problems_seq').on(table.accountId, table.seq),
    index('problems_open').on(table.accountId, table.test, table.seq).where(sql`settled_at IS NULL`),
    index('problems_delivery').on(table.accountId, table.deliveryId),
    index('problems_address').on(table.accountId, table.addressKey, table.seq),
    index('problems_repeated').on(table.accountId, table.addressKey, table.at).where(sql`repeated = 1`),
  ],
)
