/** An account that may send at once, and the person who owns it. */
import type { Db } from '../../db/client'
import { accounts, member, organization, user } from '../../db/schema'
import type { AccountSettings, Company } from '../../domain/company'

export async function insertAccount(
  db: Db,
  account: { id: string; company: Company; settings: AccountSettings; createdAt: number },
): Promise<void> {
  await db.insert(accounts).values({ ...account, version: 1, confirmedReplyEmail: account.company.email })
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
