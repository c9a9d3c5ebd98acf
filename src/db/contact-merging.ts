/** Statements that merge two contacts or separate them again. The contacts change at once, their documents step by step. */
import { and, desc, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Contact } from '../domain/contact'
import type { MergeRecord } from '../domain/contact-merge'
import { addressKey } from '../domain/email-addresses'
import { type BackgroundJob, type BackgroundJobRef, insertBackgroundJob } from './background-jobs'
import { allOrNothing, type Db, jsonList } from './client'
import { columnsOf, indexEmails, renameOnDrafts, type StoredContact, unindexEmails } from './contacts'
import { readJson } from './read-json'
import { contacts } from './schema'
import { STRINGS } from './stored-shapes'

/** Builds a condition: a background job is moving documents of an account between contacts. The job of the contact `except` does not count. */
const moving = (accountId: string, except = '') => sql`
  EXISTS (SELECT 1 FROM chores WHERE account_id = ${accountId} AND kind IN ('merge_contact', 'separate_contact') AND id <> ${except})`

/** Reports whether a background job is moving documents of an account between contacts. The job of the contact `except` does not count. */
export async function isMoving(db: Db, accountId: string, except = ''): Promise<boolean> {
  const row = await db.get<{ moving: number }>(sql`SELECT ${moving(accountId, except)} AS moving`)
  return row?.moving === 1
}

export interface MergePair {
  kept: StoredContact
  other: StoredContact
}

/** Merges `other` into `kept`. For a batch; if one of them has changed since it was read, the whole batch ends (`isNotAll`). */
export function mergeContacts(
  db: Db,
  { kept, other }: MergePair,
  { record, now, auditRow }: { record: MergeRecord; now: number; auditRow: SQL },
): SQLWrapper[] {
  const { accountId } = kept
  return [
    sql`
      UPDATE contacts SET merged_into = ${kept.id}, merged_at = ${now}, merge = ${JSON.stringify(record)},
        archived_at = coalesce(archived_at, ${now}), version = version + 1
      WHERE ${is(other)} AND merged_into IS NULL AND forgotten_at IS NULL AND NOT ${moving(accountId)}`,
    allOrNothing(1),
    rewrite(db, kept, record.after, now),
    allOrNothing(1),
    auditRow,
    unindexAll(other),
    ...reindex(db, kept),
    insertBackgroundJob({ accountId, kind: 'merge_contact', id: other.id, position: '', dueAt: now }),
  ]
}

/** Separates `other` from `kept`, which becomes `contact`. For a batch; if one of them has changed since it was read, the whole batch ends. */
export function separateContacts(
  db: Db,
  { kept, other }: MergePair,
  { contact, now, auditRow }: { contact: Contact; now: number; auditRow: SQL },
): SQLWrapper[] {
  const { accountId } = kept
  return [
    sql`
      UPDATE contacts SET merged_into = NULL, merged_at = NULL, merge = NULL, archived_at = ${other.merge?.archivedAt ?? null},
        version = version + 1
      WHERE ${is(other)} AND merged_into = ${kept.id} AND NOT ${moving(accountId, other.id)}`,
    allOrNothing(1),
    rewrite(db, kept, contact, now),
    allOrNothing(1),
    auditRow,
    ...reindex(db, kept),
    indexEmails(db, accountId, other.id),
    sql`DELETE FROM chores WHERE account_id = ${accountId} AND kind = 'merge_contact' AND id = ${other.id}`,
    insertBackgroundJob({ accountId, kind: 'separate_contact', id: other.id, position: `${kept.id} `, dueAt: now }),
  ]
}

const is = ({ accountId, id, version }: StoredContact) =>
  sql`account_id = ${accountId} AND id = ${id} AND version = ${version}`

const rewrite = (db: Db, { accountId, id, version }: StoredContact, contact: Contact, now: number) =>
  db
    .update(contacts)
    .set({ ...columnsOf(contact), version: version + 1, updatedAt: now })
    .where(
      and(
        eq(contacts.accountId, accountId),
        eq(contacts.id, id),
        eq(contacts.version, version),
        sql`merged_into IS NULL AND forgotten_at IS NULL`,
      ),
    )

const reindex = (db: Db, { accountId, id, emails, nameKey }: StoredContact): SQLWrapper[] => [
  unindexEmails(db, accountId, id, emails),
  indexEmails(db, accountId, id),
  renameOnDrafts(db, accountId, id, nameKey),
]

const unindexAll = ({ accountId, id, emails }: StoredContact) => sql`
  DELETE FROM contact_emails WHERE account_id = ${accountId} AND contact_id = ${id}
    AND address_key IN (SELECT value FROM json_each(${jsonList(emails.map(addressKey))}))`

const isAt = ({ accountId, kind, id, position }: BackgroundJob) => sql`
  EXISTS (SELECT 1 FROM chores WHERE account_id = ${accountId} AND kind = ${kind} AND id = ${id} AND position = ${position})`

// Lists show the printed name of an issued document, and the contact's current name of a draft.
const RENAMED = sql`
  contact_name = iif(status = 'draft', n.new_name, contact_name), contact_key = iif(status = 'draft', n.new_key, contact_key)`

/** Moves up to `limit` documents of a merged contact to the one that it was merged into. For a batch. */
export const moveDocuments = (job: BackgroundJob, limit: number) => sql`
  UPDATE documents SET contact_id = n.new_id, merged_from = ${job.id} || coalesce(' ' || merged_from, ''), ${RENAMED}
  FROM (
    SELECT k.id AS new_id, k.name AS new_name, k.name_key AS new_key FROM contacts m
    CROSS JOIN contacts k ON k.account_id = m.account_id AND k.id = m.merged_into
    WHERE m.account_id = ${job.accountId} AND m.id = ${job.id}) n
  WHERE account_id = ${job.accountId} AND ${isAt(job)} AND id IN (
    SELECT id FROM documents INDEXED BY documents_of_contact
    WHERE account_id = ${job.accountId} AND contact_id = ${job.id} ORDER BY id LIMIT ${limit})`

/** Deletes the background job once the contact has no documents left to move. For a batch. */
export const endWhenMoved = ({ accountId, kind, id }: BackgroundJobRef) => sql`
  DELETE FROM chores WHERE account_id = ${accountId} AND kind = ${kind} AND id = ${id}
    AND NOT EXISTS (SELECT 1 FROM documents INDEXED BY documents_of_contact WHERE account_id = ${accountId} AND contact_id = ${id})`

/** Moves documents back to the contact of this background job, if they came from it. For a batch. */
export const moveDocumentsBack = (job: BackgroundJob, ids: string[]) => sql`
  UPDATE documents SET contact_id = ${job.id}, merged_from = nullif(substr(merged_from, ${job.id.length + 2}), ''), ${RENAMED}
  FROM (
    SELECT name AS new_name, name_key AS new_key FROM contacts
    WHERE account_id = ${job.accountId} AND id = ${job.id} AND merged_into IS NULL) n
  WHERE account_id = ${job.accountId} AND id IN (SELECT value FROM json_each(${jsonList(ids)}))
    AND substr(merged_from || ' ', 1, ${job.id.length + 1}) = ${`${job.id} `} AND ${isAt(job)}`

export type MergedContact = Pick<StoredContact, 'id' | 'name' | 'mergedAt'>

/** Lists the contacts that were merged directly into a contact, the latest first. */
export const listMergedInto = (db: Db, accountId: string, id: string, limit = 20): Promise<MergedContact[]> =>
  db
    .select({ id: contacts.id, name: contacts.name, mergedAt: contacts.mergedAt })
    .from(contacts)
    .where(and(eq(contacts.accountId, accountId), eq(contacts.mergedInto, id)))
    .orderBy(desc(contacts.mergedAt))
    .limit(limit)

/** Lists all contacts that were merged into a contact, directly or through others. */
export const listAllMergedInto = async (
  db: Db,
  accountId: string,
  id: string,
): Promise<Pick<StoredContact, 'id' | 'emails'>[]> => {
  const rows = await db.all<{ id: string; emails: string }>(sql`
    WITH RECURSIVE gone (id) AS (
      SELECT id FROM contacts WHERE account_id = ${accountId} AND merged_into = ${id}
      UNION SELECT c.id FROM gone g CROSS JOIN contacts c ON c.account_id = ${accountId} AND c.merged_into = g.id)
    SELECT c.id, c.emails FROM gone g CROSS JOIN contacts c ON c.account_id = ${accountId} AND c.id = g.id`)
  return rows.map((row) => ({ id: row.id, emails: readJson(STRINGS, row.emails) }))
}

export interface Moves {
  documents: number
  drafts: number
  stripe: boolean
}

/** Counts what a merge moves along with a contact. Counts at most `limit` documents. */
export async function countMoves(db: Db, accountId: string, id: string, limit: number): Promise<Moves> {
  const row = await db.get<{ documents: number; drafts: number | null; stripe: number }>(sql`
    SELECT count(*) AS documents, sum(status = 'draft') AS drafts,
      EXISTS (SELECT 1 FROM stripe_objects WHERE account_id = ${accountId} AND target_id = ${id})
        OR EXISTS (
          SELECT 1 FROM contacts m CROSS JOIN stripe_objects s ON s.account_id = m.account_id AND s.target_id = m.id
          WHERE m.account_id = ${accountId} AND m.merged_into = ${id}) AS stripe
    FROM (
      SELECT status FROM documents INDEXED BY documents_of_contact
      WHERE account_id = ${accountId} AND contact_id = ${id} LIMIT ${limit})`)
  return { documents: row?.documents ?? 0, drafts: row?.drafts ?? 0, stripe: row?.stripe === 1 }
}
