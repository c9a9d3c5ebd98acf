import { findUnfinishedAccountId, insertAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { initialCompany, initialSettings, type Origin } from '../../domain/account-defaults'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { hashToken } from '../token'

export interface NewAccount extends Origin {
  userId: string
  sessionId: string
  /** What the person is called; kept when they have a name already. */
  personName: string
  legalName: string
  /** What the form of another account carried, so that one form makes one account; null for a person's first. */
  formKey: string | null
}

/**
 * Opens an account: better-auth's organisation, the membership as owner and our account, in one transaction. A second call makes
 * nothing. A membership whose account is missing gets it.
 */
export async function createAccount(deps: Deps, account: NewAccount): Promise<void> {
  const { userId, sessionId, personName, formKey } = account
  const id = await accountId(deps, userId, formKey)
  const company = initialCompany(account.legalName, account.country)
  const settings = initialSettings(account)
  const row = { id, company, settings, version: 1, createdAt: deps.now() }
  const person = { id: userId, name: personName, sessionId }
  const auditRow = auditEntry(deps, {
    accountId: id,
    actor: userId,
    action: 'account_opened',
    subject: '',
    changes: [],
  })
  await runBatch(deps.db, insertAccount(row, person, formKey === null ? 'first' : 'another', auditRow))
}

/** Derives the id from the person and the form, so that a form can't name another person's account. */
const accountId = async (deps: Deps, userId: string, formKey: string | null): Promise<string> =>
  formKey === null
    ? ((await findUnfinishedAccountId(deps.db, userId)) ?? crypto.randomUUID())
    : `org_${await hashToken(`${userId} ${formKey}`)}`
