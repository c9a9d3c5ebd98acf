import { findAccount, NO_REPLY_TOKEN, updateAccount } from '../../db/accounts'
import { ifAny, runBatch } from '../../db/client'
import { changesBetween } from '../../domain/audit'
import type { Company } from '../../domain/company'
import { addressKey } from '../../domain/email-addresses'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { retryStale } from '../retry-stale'
import { tagOf } from '../tag'

export interface SaveCompany {
  accountId: string
  actor: string
  /** `tagOf` the company that the form was made from. */
  tag: string
  company: Company
  /** Address that the actor signs in with, and so has proven: as reply address it needs no confirmation. */
  ownEmail: string
}

/**
 * Saves the company's details and returns the former ones. Refused as stale if another request changed them first. A
 * concurrent change of settings does not matter.
 */
export const saveCompany = (deps: Deps, input: SaveCompany): Promise<Result<Company, 'stale' | 'not_found' | 'busy'>> =>
  retryStale(() => tryToSave(deps, input))

async function tryToSave(deps: Deps, input: SaveCompany): Promise<Result<Company, 'stale' | 'not_found'> | undefined> {
  const account = await findAccount(deps.db, input.accountId)
  if (!account) return refuse('not_found')
  if ((await tagOf(account.company)) !== input.tag) return refuse('stale')
  const changes = changesBetween(account.company, input.company)
  const [saved] = await runBatch(deps.db, [
    updateAccount(deps.db, account, { company: input.company, ...replyChanges(account.company.email, input) }),
    ...ifAny(changes, () =>
      auditEntry(deps, { accountId: account.id, actor: input.actor, action: 'company_saved', subject: '', changes }),
    ),
  ])
  return saved?.results.length ? ok(account.company) : undefined
}

/** Invalidates a confirmation link that was mailed to the former address. */
function replyChanges(before: string, { company: { email }, ownEmail }: SaveCompany) {
  if (addressKey(email) === addressKey(ownEmail)) return { confirmedReplyEmail: email, ...NO_REPLY_TOKEN }
  return email === before ? {} : NO_REPLY_TOKEN
}
