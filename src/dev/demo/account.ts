/** Inserts an account that may send at once, and its people. */
import type { Db } from '../../db/client'
import { accounts, member, organization, user } from '../../db/schema'
import type { AccountSettings, Company } from '../../domain/company'
import type { Role } from '../../domain/role'

export async function insertAccount(
  db: Db,
  account: { id: string; company: Company; settings: AccountSettings; createdAt: number; resumedAt?: number },
): Promise<void> {
  await db.insert(accounts).values({ ...account, version: 1, confirmedReplyEmail: account.company.email })
}

/** Inserts a person who joined later by invitation, with a role. */
export async function insertColleague(
  db: Db,
  account: { id: string; createdAt: number },
  { role, ...person }: { id: string; name: string; email: string; role: Role },
): Promise<void> {
  const createdAt = new Date(account.createdAt + 1)
  await db.batch([
    db.insert(user).values({ ...person, emailVerified: true, createdAt, updatedAt: createdAt }),
    db
      .insert(member)
      .values({ id: crypto.randomUUID(), organizationId: account.id, userId: person.id, role, createdAt }),
  ])
}

export async function insertOwner(
  db: Db,
  account: { id: string; company: Company; createdAt: number },
  person: { id: string; name: string; email: string },
): Promise<void> {
  const createdAt = new Date(account.createdAt)
  const { id: accountId } = account
  await db.batch([
    db.insert(user).values({ ...person, emailVerified: true, createdAt, updatedAt: createdAt }),
    db.insert(organization).values({ id: accountId, name: account.company.tradingName, slug: accountId, createdAt }),
    db
      .insert(member)
      .values({ id: crypto.randomUUID(), organizationId: accountId, userId: person.id, role: 'owner', createdAt }),
  ])
}
