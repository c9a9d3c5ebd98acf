/** Queries of retention. Each search goes along an index, from the stored position up to the rows that are too recent to delete. */
import { eq, type SQL, sql } from 'drizzle-orm'
import type { AccountSettings, Company } from '../domain/company'
import { RETENTION_DEFAULTS, type Retention } from '../domain/retention'
import type { Db } from './client'
import type { RemovableDelivery } from './document-removal'
import { readJson } from './read-json'
import { retentionPositions } from './schema'
import { COMPANY, SETTINGS } from './stored-shapes'

/** Returns the stored position of a search; '' at its start. */
export async function findPosition(db: Db, name: string): Promise<string> {
  const row = await db
    .select({ position: retentionPositions.position })
    .from(retentionPositions)
    .where(eq(retentionPositions.name, name))
    .get()
  return row?.position ?? ''
}

/** Stores the position of a search. For a batch. */
export const movePosition = (name: string, position: string): SQL => sql`
  INSERT INTO upkeep (name, position) VALUES (${name}, ${position})
  ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE position <> excluded.position`

/** Restarts a search after a change of settings, since rows that it has passed can be old enough now. For a batch. */
export const restartSearch = (name: string): SQL => sql`DELETE FROM upkeep WHERE name = ${name}`

/** Selects a retention setting of account `a`, also under its former name (see `SETTINGS`), or the default. */
const retentionOfAccount = (field: keyof Retention): SQL =>
  sql.raw(
    `coalesce(a.settings->>'$.retention.${field}', a.settings->>'$.keeping.${field}', ${RETENTION_DEFAULTS[field]})`,
  )

export interface OldDelivery extends RemovableDelivery {
  /** How many months its account keeps mails. */
  months: number
}

/** Lists deliveries between two ids, oldest first, without those that still wait. Ids are in the order of creation. */
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
  /** How many days the account of its delivery keeps events. */
  days: number
}

/** Lists raw events after `after` and received before `before`, oldest first. Events without a known delivery are kept for the default time. */
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

/** Deletes raw events. For a batch. */
export const deleteEvents = (events: Pick<OldEvent, 'connection' | 'key'>[]): SQL => sql`
  DELETE FROM provider_events WHERE (connection, key) IN (
    SELECT value->>'connection', value->>'key' FROM json_each(${JSON.stringify(events)}))`

export interface RetentionAccount {
  id: string
  company: Company
  settings: AccountSettings
  createdAt: number
}

/** The position of a walk along the accounts. */
export type AccountPosition = Pick<RetentionAccount, 'id' | 'createdAt'>

/** Lists the next accounts that were created before `before`, the oldest first. */
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

/** Lists an account's issued documents with ids below `beforeId` and issue dates before `beforeDate`. */
export const listOldDocuments = (
  db: Db,
  accountId: string,
  { beforeId, beforeDate, limit }: { beforeId: string; beforeDate: string; limit: number },
): Promise<OldDocument[]> =>
  db.all<OldDocument>(sql`
    SELECT id, contact_id AS contactId, pdf_sha256 AS pdfSha256 FROM documents
    WHERE account_id = ${accountId} AND id < ${beforeId} AND +status = 'final' AND issue_date < ${beforeDate}
    ORDER BY id LIMIT ${limit}`)
