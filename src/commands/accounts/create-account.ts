import { findUnfinishedAccountId, insertAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { findMember } from '../../db/members'
import { initialCompany, initialSettings, type Origin } from '../../domain/account-defaults'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { hashToken } from '../token'

export interface NewAccount extends Origin {
  userId: string
  sessionId: string
  /** Name for the person; an existing name stays. */
  personName: string
  legalName: string
  /**
   * Key in the form for an additional account, so that a form sent twice makes one account; null for a person's first
   * account.
   */
  formKey: string | null
}

/**
 * Creates an account with its better-auth organisation and the owner's membership, in one transaction. A repeated
 * call creates nothing. A membership whose account is missing gets one.
 * @returns false if the person has opened too many accounts within a day
 */
export async function createAccount(deps: Deps, account: NewAccount): Promise<boolean> {
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
  return (await findMember(deps.db, id, userId)) !== undefined
}

/** Derives the id from the person and the form, so that a form can't name another person's account. */
const accountId = async (deps: Deps, userId: string, formKey: string | null): Promise<string> =>
  formKey === null
    ? ((await findUnfinishedAccountId(deps.db, userId)) ?? crypto.randomUUID())
    : `org_${await hashToken(`${userId} ${formKey}`)}`
