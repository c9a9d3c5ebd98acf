/** Statements that close an account: its deletion date, which can be cancelled until then, and the deletion of its rows in small steps. */
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client'

/** Schedules the deletion of an account. For a batch; returns a row only when the account was not being closed yet. */
export const markClosing = (accountId: string, closingAt: number): SQL => sql`
  UPDATE accounts SET closing_at = ${closingAt} WHERE id = ${accountId} AND closing_at IS NULL RETURNING id`

/** Cancels the deletion of an account. For a batch; returns no row when none is scheduled or its date has passed. */
export const unmarkClosing = (accountId: string, now: number): SQL => sql`
  UPDATE accounts SET closing_at = NULL WHERE id = ${accountId} AND closing_at > ${now} RETURNING id`

/** Starts the account's export, or restarts it, at `position`. For a batch, right after a statement: does nothing unless that changed a row. */
export const startExport = (accountId: string, position: string, now: number): SQL => sql`
  INSERT INTO chores (account_id, kind, id, position, due_at)
  SELECT ${accountId}, 'export_account', '', ${position}, ${now} WHERE changes() > 0
  ON CONFLICT (account_id, kind, id) DO UPDATE SET position = excluded.position, due_at = excluded.due_at`

/**
 * Deletes the background jobs of a closing; mails that they have cancelled stay cancelled. For a batch, right after a statement: does
 * nothing unless that changed a row.
 */
export const deleteClosingJobs = (accountId: string): SQL => sql`
  DELETE FROM chores WHERE account_id = ${accountId} AND kind IN ('delete_account', 'stop_sends') AND changes() > 0`

/** Reports whether the deletion date of an account has passed. */
export async function isClosed(db: Db, accountId: string, now: number): Promise<boolean> {
  const row = await db.get(sql`SELECT 1 FROM accounts WHERE id = ${accountId} AND closing_at <= ${now}`)
  return row !== undefined
}

/** Deletes an account's members and invitations. For a batch. Users without another account are deleted with their sessions and credentials. */
export function removeMembers(accountId: string): SQL[] {
  const withoutOtherAccount = sql`
    SELECT m.user_id FROM members m WHERE m.organization_id = ${accountId}
      AND NOT EXISTS (SELECT 1 FROM members o WHERE o.user_id = m.user_id AND o.organization_id <> ${accountId})`
  return [
    sql`UPDATE sessions SET active_organization_id = NULL WHERE active_organization_id = ${accountId}
      AND user_id IN (SELECT user_id FROM members WHERE organization_id = ${accountId})`,
    sql`DELETE FROM sessions WHERE user_id IN (${withoutOtherAccount})`,
    sql`DELETE FROM logins WHERE user_id IN (${withoutOtherAccount})`,
    sql`DELETE FROM passkeys WHERE user_id IN (${withoutOtherAccount})`,
    sql`DELETE FROM users WHERE id IN (${withoutOtherAccount})`,
    sql`DELETE FROM members WHERE organization_id = ${accountId}`,
    sql`DELETE FROM invitations WHERE organization_id = ${accountId}`,
  ]
}

/** Tables whose key begins with the account, with the rest of that key. Documents, their deliveries and files are deleted before. */
export const ACCOUNT_TABLES: Record<string, string[]> = {
  api_keys: ['id'],
  idempotency_keys: ['test', 'key'],
  outgoing_events: ['id'],
  webhook_calls: ['endpoint_id', 'event_id'],
  webhook_endpoints: ['id'],
  contact_emails: ['address_key', 'contact_id'],
  contact_imports: ['id'],
  contacts: ['id'],
  history: ['document_id', 'id'],
  fresh_links: ['delivery_id', 'created_at'],
  problems: ['document_id', 'delivery_id'],
  provider_connections: ['id'],
  sender_domains: ['account_id'],
  sender_keys: ['selector'],
  bulk_documents: ['bulk_id', 'position'],
  bulk_sends: ['id'],
  stripe_budgets: ['account_id'],
  stripe_connections: ['account_id'],
  stripe_events: ['id'],
  stripe_objects: ['id'],
  notice_optouts: ['address_key'],
  suppressions: ['address_key'],
  series: ['name', 'period'],
  translations: ['language', 'kind'],
  labels: ['language'],
  daily_sends: ['day'],
  outages: ['connection'],
  notice_counts: ['kind'],
  audit: ['id'],
}

/** Deletes up to `limit` rows from each of `ACCOUNT_TABLES`. Returns how many rows were deleted. */
export async function removeSomeRows(db: Db, accountId: string, limit: number): Promise<number> {
  const statements = Object.entries(ACCOUNT_TABLES).map(([table, rest]) => {
    const key = rest.join(', ')
    return db.$client
      .prepare(
        `DELETE FROM ${table} WHERE account_id = ?1 AND (${key}) IN (SELECT ${key} FROM ${table} WHERE account_id = ?1 LIMIT ?2)`,
      )
      .bind(accountId, limit)
  })
  const results = await db.$client.batch(statements)
  return results.reduce((sum, { meta }) => sum + meta.changes, 0)
}

/** Deletes an account, its rows of files in these R2 folders and, last, its background jobs. For a batch. */
export const removeAccount = (accountId: string, folders: readonly string[]): SQL[] => [
  ...folders.map(
    (folder) => sql`
      DELETE FROM files WHERE key >= ${`${folder}/${accountId}/`} AND key < ${`${folder}/${accountId}0`} AND account_id = ${accountId}`,
  ),
  sql`DELETE FROM accounts WHERE id = ${accountId}`,
  sql`DELETE FROM organizations WHERE id = ${accountId}`,
  sql`DELETE FROM chores WHERE account_id = ${accountId}`,
]

/** Lists an account's rows of one table, without a limit. For tables with few rows an account. */
export const listRows = (db: Db, table: string, accountId: string) =>
  db.$client
    .prepare(`SELECT * FROM ${table} WHERE account_id = ?`)
    .bind(accountId)
    .all<Record<string, unknown>>()
    .then(({ results }) => results)

/** Lists documents with ids above `after`, in the order of their ids. */
export const listSomeDocuments = (db: Db, accountId: string, after: string, limit: number) =>
  db.all<{ id: string; pdfSha256: string | null }>(sql`
    SELECT id, pdf_sha256 AS pdfSha256 FROM documents WHERE account_id = ${accountId} AND id > ${after} ORDER BY id LIMIT ${limit}`)
