import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ImportStatus } from '../../domain/contact-import'
import { ADDRESS, IMPORT_CHOICES, IMPORT_PLAN, MERGE_RECORD, STRINGS } from '../stored-shapes'
import { json } from './json-column'

export const contacts = sqliteTable(
  'contacts',
  {
    accountId: text('account_id').notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: ['person', 'company'] }).notNull(),
    name: text('name').notNull(),
    /** `searchKey(name)`: what prefix search and the list's order go by. */
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
    /** When all but the name was forgotten, which stands on issued documents. */
    forgottenAt: integer('forgotten_at'),
    /** The contact that stayed when this one was merged; who means this one means that one. */
    mergedInto: text('merged_into'),
    mergedAt: integer('merged_at'),
    /** What it takes to take the merge back. */
    merge: json('merge', MERGE_RECORD),
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

/** Derived from `contacts.emails`, in the same batch: finds a contact by the beginning of any of its addresses. */
export const contactEmails = sqliteTable(
  'contact_emails',
  {
    accountId: text('account_id').notNull(),
    addressKey: text('address_key').notNull(),
    contactId: text('contact_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.addressKey, table.contactId] })],
)

/** An uploaded file of contacts, what was chosen for it, and how far it has come. File, lines and errors are in R2. */
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
    /** Without the head. */
    lineCount: integer('line_count').notNull(),
    choices: json('choices', IMPORT_CHOICES).notNull(),
    /** What the last check came to. */
    plan: json('plan', IMPORT_PLAN),
    pieces: integer('pieces').notNull().default(0),
    nextPiece: integer('next_piece').notNull().default(0),
    created: integer('created').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    /** Lines that were good when they were checked and no longer were when their turn came. */
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
