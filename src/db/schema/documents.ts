import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { MAIL_STATES } from '../../domain/delivery'
import { DOCUMENT_KINDS } from '../../domain/document'
import { ATTACHMENTS, CONTENT, HISTORY_DATA, METADATA, SNAPSHOT } from '../stored-shapes'
import { json } from './json-column'

/**
 * Documents. Ids are ULIDs behind `doc_`, so the primary key is also the order of lists. Lists and filters use the columns; `content` is
 * what the person entered, `snapshot` the issued document.
 */
export const documents = sqliteTable(
  'documents',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: DOCUMENT_KINDS }).notNull(),
    test: integer('test', { mode: 'boolean' }).notNull().default(false),
    status: text('status', { enum: ['draft', 'final'] }).notNull(),
    /** Increases with every change of a draft. */
    version: integer('version').notNull(),
    contactId: text('contact_id'),
    /** Ids of the merged contacts from which it was moved, the latest first, separated by spaces. */
    mergedFrom: text('merged_from'),
    /** The contact's name for lists: the current one of a draft, the printed one of an issued document. */
    contactName: text('contact_name').notNull(),
    contactKey: text('contact_key').notNull(),
    number: text('number'),
    issueDate: text('issue_date').notNull(),
    dueDate: text('due_date').notNull(),
    currency: text('currency').notNull(),
    /** Minor units. */
    total: integer('total').notNull(),
    paidAt: integer('paid_at'),
    /** Minor units taken back by credit notes. */
    credited: integer('credited').notNull().default(0),
    /** Id of the document that a credit note credits. */
    refersTo: text('refers_to'),
    latestSendId: text('latest_send_id'),
    /** Derived from the deliveries of the latest send, in the same batch that changes them; null = never sent. */
    mailState: text('mail_state', { enum: MAIL_STATES }),
    /** Why an automatic document was not mailed; null once it has been sent. */
    notSentReason: text('not_sent_reason'),
    /** SHA-256 (hex) of the PDF in R2, set when the PDF is first made. */
    pdfSha256: text('pdf_sha256'),
    /** Hosted links of this document made before this moment no longer open. */
    linksRevokedAt: integer('links_revoked_at'),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    /** The last person to change the draft; null if it was not changed. */
    editedBy: text('edited_by'),
    finalisedAt: integer('finalised_at'),
    finalisedBy: text('finalised_by'),
    updatedAt: integer('updated_at').notNull(),
    content: json('content', CONTENT).notNull(),
    /** Files sent with its mails; null = none. */
    attachments: json('attachments', ATTACHMENTS),
    /** Frozen when the document is finalised; null on a draft. Without the number, which has its own column. */
    snapshot: json('paper', SNAPSHOT),
    /** Set by programs; null = none. */
    externalId: text('external_id'),
    metadata: json('metadata', METADATA).notNull().default({}),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    uniqueIndex('documents_number')
      .on(table.accountId, table.number, table.kind, table.test)
      .where(sql`number IS NOT NULL`),
    uniqueIndex('documents_external_id')
      .on(table.accountId, table.externalId, table.test)
      .where(sql`external_id IS NOT NULL`),
    index('documents_contact').on(table.accountId, table.contactKey, table.id),
    index('documents_of_contact').on(table.accountId, table.contactId, table.id).where(sql`contact_id IS NOT NULL`),
    index('documents_draft').on(table.accountId, table.id).where(sql`status = 'draft'`),
    index('documents_kind')
      .on(table.accountId, table.kind, table.id)
      .where(sql`kind = 'receipt' OR kind = 'credit_note'`),
    index('documents_credited').on(table.accountId, table.id).where(sql`credited > 0`),
    index('documents_refers_to').on(table.accountId, table.refersTo).where(sql`refers_to IS NOT NULL`),
    index('documents_unpaid').on(table.accountId, table.id).where(sql`paid_at IS NULL`),
    index('documents_not_sent').on(table.accountId, table.id).where(sql`not_sent_reason IS NOT NULL`),
    index('documents_mail_attention')
      .on(table.accountId, table.mailState, table.id)
      .where(sql`mail_state = 'problem' OR mail_state = 'unknown' OR mail_state = 'deferred'`),
  ],
)

/** Events of documents and their deliveries, append-only. Creation, sending and delivery have no rows; their times are columns. */
export const history = sqliteTable(
  'history',
  {
    accountId: text('account_id').notNull(),
    documentId: text('document_id').notNull(),
    id: text('id').notNull(),
    at: integer('at').notNull(),
    /** `history.<type>` in the locales is the sentence. */
    type: text('type').notNull(),
    /** User id, or '' for the system, a provider or a customer. */
    actor: text('actor').notNull(),
    deliveryId: text('delivery_id'),
    data: json('data', HISTORY_DATA).notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.documentId, table.id] })],
)
