/** Accounts, and who belongs to them. */
import { asc, eq } from 'drizzle-orm'
import type { AccountSettings, Company } from '../domain/company'
import { isRole, type Role } from '../domain/role'
import type { Db } from './client'
import { accounts, member } from './schema'

export interface Membership {
  accountId: string
  role: Role
  company: Company
  settings: AccountSettings
  confirmedReplyEmail: string
}

/** A person's accounts, oldest membership first. */
export async function listMemberships(db: Db, userId: string): Promise<Membership[]> {
  const rows = await db
    .select({
      accountId: accounts.id,
      role: member.role,
      company: accounts.company,
      settings: accounts.settings,
      confirmedReplyEmail: accounts.confirmedReplyEmail,
    })
    .from(member)
    .innerJoin(accounts, eq(accounts.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(member.createdAt))
  return rows.map((row) => ({ ...row, role: isRole(row.role) ? row.role : 'viewer' }))
}

/** The account of a person's oldest membership. */
export async function findFirstAccountId(db: Db, userId: string): Promise<string | null> {
  const row = await db
    .select({ accountId: member.organizationId })
    .from(member)
    .where(eq(member.userId, userId))
    .orderBy(asc(member.createdAt))
    .get()
  return row?.accountId ?? null
}

export type StoredAccount = typeof accounts.$inferSelect

export const findAccount = (db: Db, accountId: string): Promise<StoredAccount | undefined> =>
  db.select().from(accounts).where(eq(accounts.id, accountId)).get()
