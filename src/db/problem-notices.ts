/** Queries of the mails to members about problems: the members who are due, the unreported problems, and the claim that prevents duplicates. */
import { sql } from 'drizzle-orm'
import type { AccountSettings, Company } from '../domain/company'
import type { NoticedProblem } from '../domain/problem-notice'
import type { Notify, Role } from '../domain/role'
import { type Db, runBatch } from './client'
import { readJson } from './read-json'
import { COMPANY, SETTINGS } from './stored-shapes'

export interface DueMember {
  id: string
  accountId: string
  role: Role
  mode: Notify
  email: string
  /** The person's language; '' = the account's. */
  language: string
  company: Company
  settings: AccountSettings
  dueAt: number
  /** The last `problems.seq` that was reported to this member. */
  reportedUpTo: number
}

/** Lists members whose notice is due, the longest due first. Reads no rows when none is. */
export async function listDueMembers(db: Db, now: number, limit: number): Promise<DueMember[]> {
  const rows = await db.all<Omit<DueMember, 'company' | 'settings'> & { company: string; settings: string }>(sql`
    SELECT m.id, m.organization_id AS accountId, m.role, m.notify_problems AS mode, u.email, u.language, a.company, a.settings,
      m.problems_due_at AS dueAt, coalesce(m.problems_told, 0) AS reportedUpTo
    FROM (SELECT * FROM members INDEXED BY members_problems_due WHERE problems_due_at <= ${now}
      ORDER BY problems_due_at LIMIT ${limit}) m
    CROSS JOIN users u ON u.id = m.user_id
    CROSS JOIN accounts a ON a.id = m.organization_id`)
  return rows.map((row) => ({
    ...row,
    company: readJson(COMPANY, row.company),
    settings: readJson(SETTINGS, row.settings),
  }))
}

export interface UnreportedProblem extends NoticedProblem {
  at: number
}

export interface Unreported {
  /** Oldest first. */
  problems: UnreportedProblem[]
  /** Number of unreported problems, at most `MAX_COUNTED`. */
  count: number
  /** `seq` of the account's latest problem, settled ones included. */
  latest: number
}

const MAX_COUNTED = 1_000

/** Lists the first open problems after `reportedUpTo`, and counts them. */
export async function listUnreported(
  db: Db,
  accountId: string,
  reportedUpTo: number,
  limit: number,
): Promise<Unreported> {
  const open = sql`FROM problems p INDEXED BY problems_open
    WHERE p.account_id = ${accountId} AND p.test = 0 AND p.settled_at IS NULL AND p.seq > ${reportedUpTo}`
  const [latest, count, found] = await runBatch<UnreportedProblem & { latest: number; n: number }>(db, [
    sql`SELECT coalesce(max(seq), 0) AS latest FROM problems WHERE account_id = ${accountId}`,
    sql`SELECT count(*) AS n FROM (SELECT 1 ${open} LIMIT ${MAX_COUNTED})`,
    sql`
      SELECT p.document_id AS documentId, p.delivery_id AS deliveryId, c.kind, c.number, c.contact_name AS contactName,
        d.address, d.status, d.reason, d.server_text AS serverText, p.at
      FROM (SELECT * ${open} ORDER BY p.seq LIMIT ${limit}) p
      CROSS JOIN deliveries d ON d.id = p.delivery_id AND d.account_id = p.account_id
      CROSS JOIN documents c ON c.account_id = p.account_id AND c.id = p.document_id
      ORDER BY p.seq`,
  ])
  return {
    problems: found?.results ?? [],
    count: count?.results[0]?.n ?? 0,
    latest: latest?.results[0]?.latest ?? 0,
  }
}

/** Builds a condition: the member's row has not changed since it was listed, so that only one of two concurrent ticks mails the member. */
const unchanged = ({ id, dueAt, reportedUpTo }: DueMember) =>
  sql`id = ${id} AND problems_due_at = ${dueAt} AND coalesce(problems_told, 0) = ${reportedUpTo}`

/** Postpones a member's notice. */
export const postponeNotice = (db: Db, member: DueMember, until: number) =>
  db.run(sql`UPDATE members SET problems_due_at = ${until} WHERE ${unchanged(member)}`)

/**
 * Marks problems up to `latest` as reported, before the mail is sent. Later problems become due at `restUntil`. Returns false when another
 * tick claimed the notice first.
 */
export async function claimNotice(db: Db, member: DueMember, latest: number, restUntil: number): Promise<boolean> {
  const claimed = await db.all(sql`
    UPDATE members SET problems_told = ${latest}, problems_rest_until = ${restUntil},
      problems_due_at = CASE WHEN (SELECT max(p.seq) FROM problems p WHERE p.account_id = organization_id) > ${latest}
        THEN ${restUntil} END
    WHERE ${unchanged(member)} RETURNING id`)
  return claimed.length > 0
}

/** Restores a claimed notice and postpones it, when certainly no server accepted the mail. */
export const putBackNotice = (db: Db, member: DueMember, latest: number, until: number) =>
  db.run(sql`
    UPDATE members SET problems_told = ${member.reportedUpTo}, problems_due_at = ${until}
    WHERE id = ${member.id} AND problems_told = ${latest}`)
