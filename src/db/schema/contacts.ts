import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ImportStatus } from '../../domain/contact-import'
import { ADDRESS, IMPORT_CHOICES, IMPORT_PLAN, MERGE_RECORD, METADATA, STRINGS } from '../stored-shapes'
import { json } from './json-column'

export const contacts = sqliteTable(
  'contacts',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: ['person', 'company'] }).notNull(),
    name: text('name').notNull(),
    /** `searchKey(name)`, for prefix search and the order of lists. */
    nameKey: text('name_key').notNull(),
    address: json('address', ADDRESS).notNull(),
    vatId: text('vat_id').notNull(),
    language: text('language').notNull(),
    currency: text('currency').notNull(),
    emails: json('emails', STRINGS).notNull(),
    notes: text('notes').notNull(),
    externalId: text('external_id').notNull(),
    source: text('source').notNull(),
    version: integer('version').notNull(),
    archivedAt: integer('archived_at'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** When everything but the name was erased. The name is kept because issued documents show it. */
    forgottenAt: integer('forgotten_at'),
    /** The contact into which this one was merged. It replaces this one wherever this id is used. */
    mergedInto: text('merged_into'),
    mergedAt: integer('merged_at'),
    /** Data to undo the merge. */
    merge: json('merge', MERGE_RECORD),
    /** Of programs. */
    metadata: json('metadata', METADATA).notNull().default({}),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('contacts_live').on(table.accountId, table.nameKey, table.id).where(sql`archived_at IS NULL`),
    index('contacts_archived').on(table.accountId, table.nameKey, table.id).where(sql`archived_at IS NOT NULL`),
    index('contacts_merged').on(table.accountId, table.mergedInto).where(sql`merged_into IS NOT NULL`),
    index('contacts_vat_id').on(table.accountId, table.vatId).where(sql`vat_id <> ''`),
    index('contacts_external').on(table.accountId, table.externalId).where(sql`external_id <> ''`),
  ],
)

/** Index of contacts by the beginning of any of their addresses. Derived from `contacts.emails` in the same batch. */
export const contactEmails = sqliteTable(
  'contact_emails',
  {
    accountId: text('account_id').notNull(),
    addressKey: text('address_key').notNull(),
    contactId: text('contact_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.addressKey, table.contactId] })],
)

/** An import of contacts with its choices and progress. Its file, lines and errors are in R2. */
export const contactImports = sqliteTable(
  'contact_imports',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    status: text('status').$type<ImportStatus>().notNull(),
    fileName: text('file_name').notNull(),
    encoding: text('encoding').notNull(),
    delimiter: text('delimiter').notNull(),
    header: json('header', STRINGS).notNull(),
    /** Without the header. */
    lineCount: integer('line_count').notNull(),
    choices: json('choices', IMPORT_CHOICES).notNull(),
    /** Result of the last check. */
    plan: json('plan', IMPORT_PLAN),
    pieces: integer('pieces').notNull().default(0),
    nextPiece: integer('next_piece').notNull().default(0),
    created: integer('created').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    /** Lines that were valid when they were checked, but could not be applied. */
    failed: integer('failed').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('contact_imports_status').on(table.status, table.updatedAt),
  ],
)
