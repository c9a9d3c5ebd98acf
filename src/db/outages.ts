/** Queries of mails that Facteur or its provider delays. They read overdue rows only, of which there are none in normal operation. */
import { type SQL, sql } from 'drizzle-orm'
import type { AccountSettings, Company } from '../domain/company'
import { OUTAGE_MS } from '../domain/outage'
import { TEST_ID } from '../domain/test-mode'
import { type Db, jsonList, runBatch } from './client'
import { firstOfGroups } from './first-of-groups'
import { readJson } from './read-json'
import { COMPANY, SETTINGS } from './stored-shapes'

const OVERDUE = sql`FROM deliveries INDEXED BY deliveries_overdue WHERE overdue_since IS NOT NULL AND due_at IS NOT NULL`

/** Selects the longest overdue delivery of each account, connection and priority. */
export const overdueGroups = (): SQL => sql`
  ${firstOfGroups('longest', { groups: ['account_id', 'connection', 'priority'], order: 'overdue_since', from: OVERDUE })}
  SELECT d.account_id AS accountId, d.connection, d.priority, d.overdue_since AS since
  FROM longest CROSS JOIN deliveries d ON d.id = longest.id`

export interface OverdueGroup {
  accountId: string
  connection: string
  priority: number
  /** When the longest waiting of its mails should have left. */
  since: number
}

/** Lists the groups of overdue mails. */
export const listOverdueGroups = (db: Db): Promise<OverdueGroup[]> => db.all<OverdueGroup>(overdueGroups())

/** Reports whether there are open outages or overdue mails. */
export async function hasOutages(db: Db): Promise<boolean> {
  const found = await runBatch(db, [sql`SELECT 1 FROM outages LIMIT 1`, sql`SELECT 1 ${OVERDUE} LIMIT 1`])
  return found.some(({ results }) => results.length > 0)
}

/** Builds a condition: mails of test documents, or of live ones. */
const ofMode = (test: boolean) => sql`(substr(document_id, 1, ${TEST_ID.length}) = ${TEST_ID}) = ${test ? 1 : 0}`

/** Builds an expression: 1 when a mail of the account has been overdue long enough to be shown to its members, else 0. */
export const isHeldUp = (accountId: string, test: boolean, now: number): SQL => sql`
  EXISTS (SELECT 1 ${OVERDUE} AND account_id = ${accountId} AND overdue_since <= ${now - OUTAGE_MS} AND ${ofMode(test)})`

export interface HeldUp {
  /** At most `MAX_HELD_UP`. */
  count: number
  since: number
  /** Why their connection is paused, and the server's response; '' when it is not. */
  reason: string
  serverText: string
}

export const MAX_HELD_UP = 1_000

/** Returns the details of an account's overdue mails for the notice behind the bell; undefined until they are overdue for long. */
export async function findHeldUp(db: Db, accountId: string, test: boolean, now: number): Promise<HeldUp | undefined> {
  const row = await db.get<HeldUp & { since: number | null }>(sql`
    SELECT count(*) AS count, min(w.overdue_since) AS since, coalesce(max(p.reason), '') AS reason, coalesce(max(p.server_text), '') AS serverText
    FROM (SELECT connection, overdue_since ${OVERDUE} AND account_id = ${accountId} AND ${ofMode(test)} LIMIT ${MAX_HELD_UP}) w
    LEFT JOIN provider_states p ON p.connection = w.connection AND p.paused_until > w.overdue_since`)
  return row && row.since !== null && row.since <= now - OUTAGE_MS ? row : undefined
}

export interface Outage {
  accountId: string
  connection: string
  since: number
  reason: string
}

/** Opens outages. Returns the new ones, so that the caller can notify their owners. */
export const openOutages = (db: Db, groups: Pick<OverdueGroup, 'accountId' | 'connection' | 'since'>[]) =>
  db.all<Outage>(sql`
    INSERT INTO outages (account_id, connection, since, reason)
    SELECT value->>'accountId', value->>'connection', min(value->>'since'), coalesce((SELECT reason FROM provider_states p
      WHERE p.connection = value->>'connection' AND p.paused_until > value->>'since'), '')
    FROM json_each(${jsonList(groups)}) WHERE true GROUP BY value->>'accountId', value->>'connection'
    ON CONFLICT DO NOTHING
    RETURNING account_id AS accountId, connection, since, reason`)

/** Deletes outages without a waiting mail and returns them, so that the caller can notify the owner. */
export const endOutages = (db: Db) =>
  db.all<Outage>(sql`
    DELETE FROM outages WHERE NOT EXISTS (SELECT 1 ${OVERDUE}
      AND deliveries.account_id = outages.account_id AND deliveries.connection = outages.connection)
    RETURNING account_id AS accountId, connection, since, reason`)

/** Inserts an outage again when no owner could be notified of its end. */
export const reopenOutage = (db: Db, { accountId, connection, since, reason }: Outage) =>
  db.run(sql`INSERT INTO outages (account_id, connection, since, reason) VALUES (${accountId}, ${connection}, ${since}, ${reason})
    ON CONFLICT DO NOTHING`)

/** Counts the mails that were delayed by an outage and have left. */
export async function countLeftLate(db: Db, { accountId, connection, since }: Outage): Promise<number> {
  const row = await db.get<{ n: number }>(sql`
    SELECT count(*) AS n FROM deliveries INDEXED BY deliveries_left_late
    WHERE account_id = ${accountId} AND connection = ${connection} AND overdue_since >= ${since}
      AND overdue_since IS NOT NULL AND sent_at IS NOT NULL`)
  return row?.n ?? 0
}

export interface OutageRecipient {
  email: string
  /** The person's language; '' = the account's. */
  language: string
  company: Company
  settings: AccountSettings
}

/** Lists the owners of an account with what a notice to them needs. */
export async function listOutageRecipients(db: Db, accountId: string): Promise<OutageRecipient[]> {
  const rows = await db.all<Record<keyof OutageRecipient, string>>(sql`
    SELECT u.email, coalesce(u.language, '') AS language, a.company, a.settings
    FROM members m CROSS JOIN users u ON u.id = m.user_id CROSS JOIN accounts a ON a.id = m.organization_id
    WHERE m.organization_id = ${accountId} AND m.role = 'owner'`)
  return rows.map((row) => ({
    ...row,
    company: readJson(COMPANY, row.company),
    settings: readJson(SETTINGS, row.settings),
  }))
}
