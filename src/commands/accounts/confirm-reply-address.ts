import { confirmReplyEmail, findAccount } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { hashReplyToken } from './request-reply-confirmation'

/**
 * Confirms the company's reply address by a mailed link, which works once. Returns the address. Refuses the link if
 * the company has changed its address since.
 */
export async function confirmReplyAddress(deps: Deps, token: string): Promise<Result<string, 'link_expired'>> {
  const accountId = token.slice(0, token.lastIndexOf('.'))
  const account = await findAccount(deps.db, accountId)
  if (!account) return refuse('link_expired')
  const { email } = account.company
  const hash = await hashReplyToken(token, email)
  const [confirmed] = await runBatch(deps.db, [
    confirmReplyEmail(deps.db, { accountId, email, hash, now: deps.now() }),
    auditEntry(deps, { accountId, actor: '', action: 'reply_address_confirmed', subject: email, changes: [] }),
  ])
  return confirmed?.results.length ? ok(email) : refuse('link_expired')
}
