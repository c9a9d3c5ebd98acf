import { findAccount, NO_REPLY_TOKEN, setReplyToken } from '../../db/accounts'
import { runBatch } from '../../db/client'
import { displayName } from '../../domain/company'
import { ok, type Result, refuse } from '../../domain/result'
import { MAILED_LINK_MS } from '../../domain/session'
import type { Language } from '../../i18n'
import { routes } from '../../routes'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { meterNotice } from '../sends/meter-notice'
import { sendNotice } from '../sends/send-notice'
import { hashToken } from '../token'

export type ReplyConfirmationRefusal =
  | 'reply_email_missing'
  | 'reply_email_confirmed'
  | 'mail_not_accepted'
  | 'notice_limit'

/**
 * Mails a link to the company's reply address, whose button confirms that the mailbox belongs to the company. A new link replaces the
 * last one. A link no longer works once the address has changed, since its hash includes the address.
 */
export async function requestReplyConfirmation(
  deps: Deps,
  { accountId, actor, language }: { accountId: string; actor: string; language: Language },
): Promise<Result<null, ReplyConfirmationRefusal>> {
  const account = await findAccount(deps.db, accountId)
  if (!account?.company.email) return refuse('reply_email_missing')
  const { email } = account.company
  if (account.confirmedReplyEmail === email) return refuse('reply_email_confirmed')
  const refused = await meterNotice(deps, accountId, 'reply_confirmation')
  if (refused) return refused
  const token = `${accountId}.${deps.newToken()}`
  const replyTokenHash = await hashReplyToken(token, email)
  await runBatch(deps.db, [
    setReplyToken(deps.db, accountId, { replyTokenHash, replyTokenExpiresAt: deps.now() + MAILED_LINK_MS }),
    auditEntry(deps, { accountId, actor, action: 'reply_confirmation_asked', subject: email, changes: [] }),
  ])
  const link = new URL(routes.replyAddressConfirmation(token), deps.config.APP_URL).href
  const notice = { kind: 'reply_confirmation', link, company: displayName(account.company), email } as const
  const reader = { to: email, language, account: { id: accountId, settings: account.settings } }
  if (await sendNotice(deps, notice, reader)) return ok(null)
  await setReplyToken(deps.db, accountId, NO_REPLY_TOKEN)
  return refuse('mail_not_accepted')
}

export const hashReplyToken = (token: string, email: string): Promise<string> => hashToken(`${token} ${email}`)
