import { confirmReplyEmail, findAccount } from '../db/accounts'
import { ok, type Result, refuse } from '../domain/result'
import type { Deps } from './deps'
import { replyTokenHash } from './request-reply-confirmation'

/** Spends a link that was mailed to the reply address; returns the address. It must still be the company's. */
export async function confirmReplyAddress(deps: Deps, token: string): Promise<Result<string, 'link_expired'>> {
  const accountId = token.slice(0, token.lastIndexOf('.'))
  const account = await findAccount(deps.db, accountId)
  if (!account) return refuse('link_expired')
  const { email } = account.company
  const hash = await replyTokenHash(token, email)
  const confirmed = await confirmReplyEmail(deps.db, { accountId, email, hash, now: deps.now() })
  return confirmed ? ok(email) : refuse('link_expired')
}
