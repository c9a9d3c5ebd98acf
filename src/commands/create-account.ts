import { findUnfinishedAccountId, insertAccount } from '../db/accounts'
import { runBatch } from '../db/client'
import { initialCompany, initialSettings, type Origin } from '../domain/account-defaults'
import type { Deps } from './deps'

export interface NewAccount extends Origin {
  userId: string
  /** What the person is called; kept when they have a name already. */
  personName: string
  legalName: string
}

/**
 * Opens a person's first account: better-auth's organisation, the membership as owner and our account, in one transaction. A second
 * call makes nothing. A membership whose account is missing gets it.
 */
export async function createAccount(deps: Deps, account: NewAccount): Promise<void> {
  const id = (await findUnfinishedAccountId(deps.db, account.userId)) ?? crypto.randomUUID()
  const company = initialCompany(account.legalName, account.country)
  const settings = initialSettings(account)
  const row = { id, company, settings, version: 1, createdAt: deps.now() }
  await runBatch(deps.db, insertAccount(row, { id: account.userId, name: account.personName }))
}
