/** Mails that something of ours keeps. Every query here reads overdue rows only, of which there are none while all goes well. */
import { type SQL, sql } from 'drizzle-orm'
import type { AccountSettings, Company } from '../domain/company'
import { OUTAGE_MS } from '../domain/outage'
import { TEST_ID } from '../domain/test-mode'
import { type Db, jsonList, runBatch } from './client'
import { readJson } from './read-json'
import { COMPANY, SETTINGS } from './stored-shapes'

const OVERDUE = sql`FROM deliveries INDEXED BY deliveries_overdue WHERE overdue_since IS NOT NULL AND due_at IS NOT NULL`

/** The longest waiting delivery of each account, connection and priority: walks the index from group to group. */
export function overdueGroups(): SQL {
  const first = sql`SELECT id ${OVERDUE}`
  return sql`
    WITH RECURSIVE first(id) AS (
      SELECT (${first} ORDER BY account_id, connection, priority, overdue_since LIMIT 1)
      UNION ALL
      SELECT coalesce(
        (${first} AND account_id = d.account_id AND connection = d.connection AND priority > d.priority
          ORDER BY priority, overdue_since LIMIT 1),
        (${first} AND account_id = d.account_id AND connection > d.connection ORDER BY connection, priority, overdue_since LIMIT 1),
        (${first} AND account_id > d.account_id ORDER BY account_id, connection, priority, overdue_since LIMIT 1))
      FROM first CROSS JOIN deliveries d ON d.id = first.id
    )
    SELECT d.account_id AS accountId, d.connection, d.priority, d.overdue_since AS since
    FROM first CROSS JOIN deliveries d ON d.id = first.id`
}

export interface OverdueGroup {
  accountId: string
  connection: string
  priority: number
  /** When the longest waiting of its mails should have left. */
  since: number
}

export const listOverdueGroups = (db: Db): Promise<OverdueGroup[]> => db.all<OverdueGroup>(overdueGroups())

/** Whether there is anything to tell an owner of, now or later. */
export async function hasOutages(db: Db): Promise<boolean> {
  const found = await runBatch(db, [sql`SELECT 1 FROM outages LIMIT 1`, sql`SELECT 1 ${OVERDUE} LIMIT 1`])
  return found.some(({ results }) => results.length > 0)
}

/** Live mails and those of test mode, each for themselves. */
const OF_MODE = (test: boolean) => sql`(substr(document_id, 1, ${TEST_ID.length}) = ${TEST_ID}) = ${test ? 1 : 0}`

/** For a SELECT: 1 when mails of an account have waited so long that its members are to see it, else 0. */
export const isHeldUp = (accountId: string, test: boolean, now: number): SQL => sql`
  EXISTS (SELECT 1 ${OVERDUE} AND account_id = ${accountId} AND overdue_since <= ${now - OUTAGE_MS} AND ${OF_MODE(test)})`

export interface HeldUp {
  /** `MOST_HELD` at most. */
  count: number
  since: number
  /** Why their connection rests, and the server's words; '' where it does not. */
  reason: string
  serverText: string
}

export const MOST_HELD = 1_000

/** What the bell speaks of, in full; undefined while nothing has waited for long. */
export async function findHeldUp(db: Db, accountId: string, test: boolean, now: number): Promise<HeldUp | undefined> {
  const row = await db.get<HeldUp & { since: number | null }>(sql`
    SELECT count(*) AS count, min(w.overdue_since) AS since, coalesce(max(p.reason), '') AS reason, coalesce(max(p.server_text), '') AS serverText
    FROM (SELECT connection, overdue_since ${OVERDUE} AND account_id = ${accountId} AND ${OF_MODE(test)} LIMIT ${MOST_HELD}) w
    LEFT JOIN provider_states p ON p.connection = w.connection AND p.paused_until > w.overdue_since`)
  return row && row.since !== null && row.since <= now - OUTAGE_MS ? row : undefined
}

export interface Outage {
  accountId: string
  connection: string
  since: number
  reason: string
}

/** Returns those that were not open before; the caller notifies their owners. */
export const openOutages = (db: Db, groups: Pick<OverdueGroup, 'accountId' | 'connection' | 'since'>[]) =>
  db.all<Outage>(sql`
    INSERT INTO outages (account_id, connection, since, reason)
    SELECT value->>'accountId', value->>'connection', min(value->>'since'), coalesce((SELECT reason FROM provider_states p
      WHERE p.connection = value->>'connection' AND p.paused_until > value->>'since'), '')
    FROM json_each(${jsonList(groups)}) WHERE true GROUP BY value->>'accountId', value->>'connection'
    ON CONFLICT DO NOTHING
    RETURNING account_id AS accountId, connection, since, reason`)

/** Deletes those with no waiting mail; returns them so that the caller can notify the owner. */
export const endOutages = (db: Db) =>
  db.all<Outage>(sql`
    DELETE FROM outages WHERE NOT EXISTS (SELECT 1 ${OVERDUE}
      AND deliveries.account_id = outages.account_id AND deliveries.connection = outages.connection)
    RETURNING account_id AS accountId, connection, since, reason`)

/** For an owner who could not be told that it is over. */
export const reopenOutage = (db: Db, { accountId, connection, since, reason }: Outage) =>
  db.run(sql`INSERT INTO outages (account_id, connection, since, reason) VALUES (${accountId}, ${connection}, ${since}, ${reason})
    ON CONFLICT DO NOTHING`)

/** Of the mails that waited since an outage began, those that have left. */
export async function countLeftLate(db: Db, { accountId, connection, since }: Outage): Promise<number> {
  const row = await db.get<{ n: number }>(sql`
    SELECT count(*) AS n FROM deliveries INDEXED BY deliveries_left_late
    WHERE account_id = ${accountId} AND connection = ${connection} AND overdue_since >= ${since}
      AND overdue_since IS NOT NULL AND sent_at IS NOT NULL`)
  return row?.n ?? 0
}

export interface OutageRecipient {
  email: string
  /** Of the person; '' = the account's. */
  language: string
  company: Company
  settings: AccountSettings
}

export async function listOwners(db: Db, accountId: string): Promise<OutageRecipient[]> {
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
