/** Queries of accounts and memberships. */
import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { AccountSettings, Company } from '../domain/company'
import type { Logo } from '../domain/logo'
import { DEFAULT_DAILY_QUOTA } from '../domain/quota'
import type { RestReason } from '../domain/reputation'
import { isRole, type Notify, type Role } from '../domain/role'
import { MOST_ACCOUNTS_A_DAY } from '../domain/sign-up'
import type { Db } from './client'
import { accounts, member } from './schema'

const DAY_MS = 86_400_000

export interface Membership {
  accountId: string
  role: Role
  company: Company
  settings: AccountSettings
  logo: Logo | null
  /** The confirmed company e-mail; compare with `company.email`. */
  confirmedReplyEmail: string
  /** Choice of mails about failed deliveries of this account. */
  notifyProblems: Notify
  /** Time of the deletion of a closed account, which can't be changed any more; epoch ms. */
  closingAt: number | null
  /** Time zone of the quota's days; see `domain/quota.ts`. */
  quotaZone: string | null
  /** Time from which bulk and automatic mails are paused; epoch ms. */
  restingAt: number | null
  restingReason: RestReason | null
}

/** Lists a person's accounts, oldest membership first. */
export async function listMemberships(db: Db, userId: string): Promise<Membership[]> {
  const rows = await db
    .select({
      accountId: accounts.id,
      role: member.role,
      company: accounts.company,
      settings: accounts.settings,
      logo: accounts.logo,
      confirmedReplyEmail: accounts.confirmedReplyEmail,
      notifyProblems: member.notifyProblems,
      closingAt: accounts.closingAt,
      quotaZone: accounts.quotaZone,
      restingAt: accounts.restingAt,
      restingReason: accounts.restingReason,
    })
    .from(member)
    .innerJoin(accounts, eq(accounts.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(member.createdAt))
  return rows.map((row) => ({ ...row, role: isRole(row.role) ? row.role : 'viewer' }))
}

/** Returns the account of a person's oldest membership. */
export async function findFirstAccountId(db: Db, userId: string): Promise<string | null> {
  const row = await db
    .select({ accountId: member.organizationId })
    .from(member)
    .where(eq(member.userId, userId))
    .orderBy(asc(member.createdAt))
    .get()
  return row?.accountId ?? null
}

/** Returns an organisation of this person that has no account row yet. */
export async function findUnfinishedAccountId(db: Db, userId: string): Promise<string | undefined> {
  const row = await db
    .select({ id: member.organizationId })
    .from(member)
    .leftJoin(accounts, eq(accounts.id, member.organizationId))
    .where(and(eq(member.userId, userId), isNull(accounts.id)))
    .get()
  return row?.id
}

type NewAccountRow = Pick<typeof accounts.$inferSelect, 'id' | 'company' | 'settings' | 'version' | 'createdAt'>

export interface Opener {
  id: string
  /** Used only if the person has no name yet. */
  name: string
  /** The session in which the new account becomes the active one. */
  sessionId: string
}

/**
 * Creates an account with its organisation, owner and audit row; sets the person's name and active account, and uses up their permission to
 * open a first one. For one batch. Inserts nothing for a person who has opened `MOST_ACCOUNTS_A_DAY` within a day.
 */
export const insertAccount = (account: NewAccountRow, person: Opener, which: 'first' | 'another', auditRow: SQL) => [
  sql`
    INSERT INTO organizations (id, name, slug, created_at)
    SELECT ${account.id}, ${account.company.legalName}, ${account.id}, ${account.createdAt}
    WHERE (SELECT count(*) FROM members m JOIN accounts a ON a.id = m.organization_id WHERE m.user_id = ${person.id}
      AND (${which === 'first'} OR (m.role = 'owner' AND a.created_at > ${account.createdAt - DAY_MS}))) < ${which === 'first' ? 1 : MOST_ACCOUNTS_A_DAY}
    ON CONFLICT DO NOTHING`,
  sql`
    INSERT INTO members (id, organization_id, user_id, role, created_at)
    SELECT ${account.id}, ${account.id}, ${person.id}, 'owner', ${account.createdAt}
    WHERE EXISTS (SELECT 1 FROM organizations WHERE id = ${account.id})
      AND NOT EXISTS (SELECT 1 FROM members WHERE organization_id = ${account.id})
    ON CONFLICT DO NOTHING`,
  sql`
    INSERT INTO accounts (id, company, settings, daily_quota, version, created_at)
    SELECT ${account.id}, ${JSON.stringify(account.company)}, ${JSON.stringify(account.settings)}, ${DEFAULT_DAILY_QUOTA}, ${account.version}, ${account.createdAt}
    WHERE EXISTS (SELECT 1 FROM members WHERE organization_id = ${account.id} AND user_id = ${person.id})
    ON CONFLICT DO NOTHING`,
  auditRow,
  sql`
    UPDATE sessions SET active_organization_id = ${account.id}
    WHERE id = ${person.sessionId} AND user_id = ${person.id}
      AND EXISTS (SELECT 1 FROM members m JOIN accounts a ON a.id = m.organization_id WHERE m.user_id = ${person.id} AND a.id = ${account.id})`,
  sql`UPDATE users SET name = ${person.name} WHERE id = ${person.id} AND name = ''`,
  sql`UPDATE users SET let_in_at = NULL WHERE id = ${person.id} AND let_in_at IS NOT NULL`,
]

export type StoredAccount = typeof accounts.$inferSelect

export const findAccount = (db: Db, accountId: string): Promise<StoredAccount | undefined> =>
  db.select().from(accounts).where(eq(accounts.id, accountId)).get()

export const NO_REPLY_TOKEN = { replyTokenHash: null, replyTokenExpiresAt: null }

/** Updates an account. For a batch; returns no row when the account has changed since it was loaded. */
export const updateAccount = (
  db: Db,
  { id, version }: Pick<StoredAccount, 'id' | 'version'>,
  changes: Partial<Omit<StoredAccount, 'id' | 'version' | 'createdAt'>>,
) =>
  db
    .update(accounts)
    .set({ ...changes, version: version + 1 })
    .where(and(eq(accounts.id, id), eq(accounts.version, version)))
    .returning({ id: accounts.id })

/** Builds a condition: the account's current logo is this one, or none for null. */
export const isLogoOf = (accountId: string, logo: Logo | null): SQL =>
  sql`(SELECT logo->>'sha256' FROM accounts WHERE id = ${accountId}) IS ${logo?.sha256 ?? null}`

/** Stores the hash of the link that was mailed to the reply address, or `NO_REPLY_TOKEN`. For a batch. */
export const setReplyToken = (
  db: Db,
  accountId: string,
  token: Pick<StoredAccount, 'replyTokenHash' | 'replyTokenExpiresAt'>,
) => db.update(accounts).set(token).where(eq(accounts.id, accountId))

/** Confirms the reply address and deletes the hash of its link. For a batch; returns no row when the link was used or has expired. */
export const confirmReplyEmail = (
  db: Db,
  { accountId, email, hash, now }: { accountId: string; email: string; hash: string; now: number },
) =>
  db
    .update(accounts)
    .set({ confirmedReplyEmail: email, ...NO_REPLY_TOKEN })
    .where(and(eq(accounts.id, accountId), eq(accounts.replyTokenHash, hash), gt(accounts.replyTokenExpiresAt, now)))
    .returning({ id: accounts.id })
