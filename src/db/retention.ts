/** The search for what may be forgotten: along an index, from where it stopped, and only as far as things are old enough. */
import { eq, type SQL, sql } from 'drizzle-orm'
import type { AccountSettings, Company } from '../domain/company'
import { RETENTION_DEFAULTS, type Retention } from '../domain/retention'
import type { Db } from './client'
import type { RemovableDelivery } from './document-removal'
import { readJson } from './read-json'
import { retentionPositions } from './schema'
import { COMPANY, SETTINGS } from './stored-shapes'

export async function findPosition(db: Db, name: string): Promise<string> {
  const row = await db
    .select({ position: retentionPositions.position })
    .from(retentionPositions)
    .where(eq(retentionPositions.name, name))
    .get()
  return row?.position ?? ''
}

/** For a batch. */
export const movePosition = (name: string, position: string): SQL => sql`
  INSERT INTO upkeep (name, position) VALUES (${name}, ${position})
  ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE position <> excluded.position`

/** For a batch: the search begins again, since what it has passed may be old enough now. */
export const restartSearch = (name: string): SQL => sql`DELETE FROM upkeep WHERE name = ${name}`

/** What account `a` has set; by its earlier name where the account was last saved under that (see `SETTINGS`). */
const retentionOfAccount = (field: keyof Retention): SQL =>
  sql.raw(
    `coalesce(a.settings->>'$.retention.${field}', a.settings->>'$.keeping.${field}', ${RETENTION_DEFAULTS[field]})`,
  )

export interface OldDelivery extends RemovableDelivery {
  /** Of its account. */
  months: number
}

/** Deliveries between two ids, oldest first; those that are still to leave are left out. Ids are in the order of time. */
export const listOldDeliveries = (db: Db, after: string, before: string, limit: number): Promise<OldDelivery[]> =>
  db.all<OldDelivery>(sql`
    SELECT d.id, d.account_id AS accountId, d.document_id AS documentId, d.send_id AS sendId,
      ${retentionOfAccount('mailMonths')} AS months
    FROM deliveries d LEFT JOIN accounts a ON a.id = d.account_id
    WHERE d.id > ${after} AND d.id < ${before} AND d.due_at IS NULL
    ORDER BY d.id LIMIT ${limit}`)

export interface OldEvent {
  connection: string
  key: string
  receivedAt: number
  /** Of the account whose delivery it is about. */
  days: number
}

/** Raw events after one of them and before a moment, oldest first; those about nothing we know are kept for the default time. */
export function listOldEvents(
  db: Db,
  after: Pick<OldEvent, 'receivedAt' | 'connection' | 'key'>,
  before: number,
  limit: number,
): Promise<OldEvent[]> {
  return db.all<OldEvent>(sql`
    SELECT e.connection, e.key, e.received_at AS receivedAt, ${retentionOfAccount('eventDays')} AS days
    FROM provider_events e
    LEFT JOIN deliveries d ON d.id = e.delivery_id
    LEFT JOIN accounts a ON a.id = d.account_id
    WHERE (e.received_at, e.connection, e.key) > (${after.receivedAt}, ${after.connection}, ${after.key}) AND e.received_at < ${before}
    ORDER BY e.received_at, e.connection, e.key LIMIT ${limit}`)
}

/** For a batch. */
export const deleteEvents = (events: Pick<OldEvent, 'connection' | 'key'>[]): SQL => sql`
  DELETE FROM provider_events WHERE (connection, key) IN (
    SELECT value->>'connection', value->>'key' FROM json_each(${JSON.stringify(events)}))`

export interface RetentionAccount {
  id: string
  company: Company
  settings: AccountSettings
  createdAt: number
}

/** Where a walk along the accounts stands. */
export type AccountPosition = Pick<RetentionAccount, 'id' | 'createdAt'>

/** The next accounts, the oldest first, of those that were there before a moment. */
export async function listAccountsAfter(
  db: Db,
  { createdAt, id }: AccountPosition,
  before: number,
  limit: number,
): Promise<RetentionAccount[]> {
  const rows = await db.all<{ id: string; company: string; settings: string; createdAt: number }>(sql`
    SELECT id, company, settings, created_at AS createdAt FROM accounts
    WHERE (created_at, id) > (${createdAt}, ${id}) AND created_at < ${before} ORDER BY created_at, id LIMIT ${limit}`)
  return rows.map(({ company, settings, ...row }) => ({
    ...row,
    company: readJson(COMPANY, company),
    settings: readJson(SETTINGS, settings),
  }))
}

export interface OldDocument {
  id: string
  contactId: string | null
  pdfSha256: string | null
}

/** Issued documents of an account that were made before an id and dated before a day. */
export const listOldDocuments = (
  db: Db,
  accountId: string,
  { beforeId, beforeDate, limit }: { beforeId: string; beforeDate: string; limit: number },
): Promise<OldDocument[]> =>
  db.all<OldDocument>(sql`
    SELECT id, contact_id AS contactId, pdf_sha256 AS pdfSha256 FROM documents
    WHERE account_id = ${accountId} AND id < ${beforeId} AND +status = 'final' AND issue_date < ${beforeDate}
    ORDER BY id LIMIT ${limit}`)
