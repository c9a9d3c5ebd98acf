import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { DeliveryStatus } from '../../domain/delivery'

/** Deliveries that failed or have an unknown outcome. The bell counts them and the notices list them. */
export const problems = sqliteTable(
  'problems',
  {
    accountId: text('account_id').notNull(),
    documentId: text('document_id').notNull(),
    deliveryId: text('delivery_id').notNull(),
    /** Increases within the account in the order in which problems occurred, so that a reader can store its position. */
    seq: integer('seq').notNull(),
    addressKey: text('address_key').notNull(),
    /** Status of the delivery, for filters. */
    status: text('status').$type<DeliveryStatus>().notNull(),
    /** When Facteur learned of it, epoch ms. */
    at: integer('at').notNull(),
    /** Counts towards a suppression of the address: given up, and nothing delivered there since. */
    repeated: integer('repeated', { mode: 'boolean' }).notNull().default(false),
    /** When it was settled, epoch ms; null while it is open. */
    settledAt: integer('settled_at'),
    /** User id of the person who dismissed it or sent again; '' = it settled by itself. */
    settledBy: text('settled_by'),
    /** The later send that settled it. */
    settledSendId: text('settled_send_id'),
    /** The delivery is of a test document. */
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
