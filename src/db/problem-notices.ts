/** The mails to members about problems: who is due, what they were not told, and the claim that makes each mail one mail. */
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
  /** Of the person; '' = the account's. */
  language: string
  company: Company
  settings: AccountSettings
  dueAt: number
  told: number
}

/** Longest due first. Reads nothing when nobody is. */
export async function listDueMembers(db: Db, now: number, limit: number): Promise<DueMember[]> {
  const rows = await db.all<Omit<DueMember, 'company' | 'settings'> & { company: string; settings: string }>(sql`
    SELECT m.id, m.organization_id AS accountId, m.role, m.notify_problems AS mode, u.email, u.language, a.company, a.settings,
      m.problems_due_at AS dueAt, coalesce(m.problems_told, 0) AS told
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
  /** Of all that are open, `MOST_COUNTED` at most. */
  count: number
  /** The latest problem there is, settled ones included. */
  latest: number
}

const MOST_COUNTED = 1_000

/** Open problems after `told`, the first few of them. */
export async function listUnreported(db: Db, accountId: string, told: number, limit: number): Promise<Unreported> {
  const open = sql`FROM problems p INDEXED BY problems_open
    WHERE p.account_id = ${accountId} AND p.test = 0 AND p.settled_at IS NULL AND p.seq > ${told}`
  const [latest, count, found] = await runBatch<UnreportedProblem & { latest: number; n: number }>(db, [
    sql`SELECT coalesce(max(seq), 0) AS latest FROM problems WHERE account_id = ${accountId}`,
    sql`SELECT count(*) AS n FROM (SELECT 1 ${open} LIMIT ${MOST_COUNTED})`,
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

/** Who is looked at in this state by two at once is told by one: the row has changed for the other. */
const unchanged = ({ id, dueAt, told }: DueMember) =>
  sql`id = ${id} AND problems_due_at = ${dueAt} AND coalesce(problems_told, 0) = ${told}`

export const postponeNotice = (db: Db, member: DueMember, until: number) =>
  db.run(sql`UPDATE members SET problems_due_at = ${until} WHERE ${unchanged(member)}`)

/** Told up to `latest`, before the mail leaves. What came in meanwhile is due when the rest is over. False = another request changed it first. */
export async function claimNotice(db: Db, member: DueMember, latest: number, restUntil: number): Promise<boolean> {
  const claimed = await db.all(sql`
    UPDATE members SET problems_told = ${latest}, problems_rest_until = ${restUntil},
      problems_due_at = CASE WHEN (SELECT max(p.seq) FROM problems p WHERE p.account_id = organization_id) > ${latest}
        THEN ${restUntil} END
    WHERE ${unchanged(member)} RETURNING id`)
  return claimed.length > 0
}

/** No server took the mail, for certain: as if it had not been claimed, but later. */
export const putBackNotice = (db: Db, member: DueMember, latest: number, until: number) =>
  db.run(sql`
    UPDATE members SET problems_told = ${member.told}, problems_due_at = ${until}
    WHERE id = ${member.id} AND problems_told = ${latest}`)
