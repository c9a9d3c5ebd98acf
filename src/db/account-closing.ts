/** Closing an account: a date, until which it can be taken back; then every row of it, in small steps. */
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client'

/** For a batch; returns a row the first time only. */
export const markClosing = (accountId: string, closingAt: number): SQL => sql`
  UPDATE accounts SET closing_at = ${closingAt} WHERE id = ${accountId} AND closing_at IS NULL RETURNING id`

/** For a batch; no row where the account is not being closed, or its time is over. */
export const unmarkClosing = (accountId: string, now: number): SQL => sql`
  UPDATE accounts SET closing_at = NULL WHERE id = ${accountId} AND closing_at > ${now} RETURNING id`

/** For a batch, right after a change: the export begins (again) there. */
export const startExport = (accountId: string, position: string, now: number): SQL => sql`
  INSERT INTO chores (account_id, kind, id, position, due_at)
  SELECT ${accountId}, 'export_account', '', ${position}, ${now} WHERE changes() > 0
  ON CONFLICT (account_id, kind, id) DO UPDATE SET position = excluded.position, due_at = excluded.due_at`

/** For a batch, right after a change: what was taken back so far stays so. */
export const dropClosing = (accountId: string): SQL => sql`
  DELETE FROM chores WHERE account_id = ${accountId} AND kind IN ('delete_account', 'stop_sends') AND changes() > 0`

export async function isClosed(db: Db, accountId: string, now: number): Promise<boolean> {
  const row = await db.get(sql`SELECT 1 FROM accounts WHERE id = ${accountId} AND closing_at <= ${now}`)
  return row !== undefined
}

/** For a batch: nobody belongs to it any more. People who belong to no other account go, with all they sign in by. */
export function removeMembers(accountId: string): SQL[] {
  const alone = sql`
    SELECT m.user_id FROM members m WHERE m.organization_id = ${accountId}
      AND NOT EXISTS (SELECT 1 FROM members o WHERE o.user_id = m.user_id AND o.organization_id <> ${accountId})`
  return [
    sql`UPDATE sessions SET active_organization_id = NULL WHERE active_organization_id = ${accountId}
      AND user_id IN (SELECT user_id FROM members WHERE organization_id = ${accountId})`,
    sql`DELETE FROM sessions WHERE user_id IN (${alone})`,
    sql`DELETE FROM logins WHERE user_id IN (${alone})`,
    sql`DELETE FROM passkeys WHERE user_id IN (${alone})`,
    sql`DELETE FROM users WHERE id IN (${alone})`,
    sql`DELETE FROM members WHERE organization_id = ${accountId}`,
    sql`DELETE FROM invitations WHERE organization_id = ${accountId}`,
  ]
}

/** Tables whose key begins with the account, and the rest of that key. Documents and what hangs on them go before, with their files. */
export const ACCOUNT_TABLES: Record<string, string[]> = {
  contact_emails: ['address_key', 'contact_id'],
  contact_imports: ['id'],
  contacts: ['id'],
  history: ['document_id', 'id'],
  fresh_links: ['delivery_id', 'created_at'],
  problems: ['document_id', 'delivery_id'],
  provider_connections: ['id'],
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

/** Some rows of each; how many went. */
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

/** For a batch: files by where they lie; the account itself; and last its chores. */
export const removeAccount = (accountId: string, folders: readonly string[]): SQL[] => [
  ...folders.map(
    (folder) => sql`
      DELETE FROM files WHERE key >= ${`${folder}/${accountId}/`} AND key < ${`${folder}/${accountId}0`} AND account_id = ${accountId}`,
  ),
  sql`DELETE FROM accounts WHERE id = ${accountId}`,
  sql`DELETE FROM organizations WHERE id = ${accountId}`,
  sql`DELETE FROM chores WHERE account_id = ${accountId}`,
]

/** The rows of one of these tables, all of it: they are few a merchant. */
export const listRows = (db: Db, table: string, accountId: string) =>
  db.$client
    .prepare(`SELECT * FROM ${table} WHERE account_id = ?`)
    .bind(accountId)
    .all<Record<string, unknown>>()
    .then(({ results }) => results)

export const listSomeDocuments = (db: Db, accountId: string, after: string, limit: number) =>
  db.all<{ id: string; pdfSha256: string | null }>(sql`
    SELECT id, pdf_sha256 AS pdfSha256 FROM documents WHERE account_id = ${accountId} AND id > ${after} ORDER BY id LIMIT ${limit}`)
