import { insertHistory } from '../db/history'
import { type HostedLink, insertFreshLink } from '../db/hosted-links'
import { findSubscription } from '../db/suppressions'
import { displayName } from '../domain/company'
import { addressKey } from '../domain/email-addresses'
import { ok, type Result, refuse } from '../domain/result'
import { routes } from '../routes'
import type { Deps } from './deps'
import { sendNotice } from './send-notice'
import { hashToken } from './token'

export type FreshLinkRefusal = 'address_stopped' | 'asked_lately' | 'mail_failed'

/**
 * Mails a new link to the delivery's own address, and to no other, whoever asks: the old link proves nothing more than that its mail
 * went there. Refused with `address_stopped` where mails to the address bounce or were complained about, `asked_lately` where one went
 * out within ten minutes or five within a day, `mail_failed` where no server took it.
 */
export async function sendFreshLink(deps: Deps, link: HostedLink): Promise<Result<true, FreshLinkRefusal>> {
  const { db } = deps
  const { accountId, documentId, deliveryId, address, language, number, company } = link
  if ((await findSubscription(db, accountId, addressKey(address))) === 'stopped') return refuse('address_stopped')
  const token = deps.newToken()
  const now = deps.now()
  if (!(await insertFreshLink(db, { accountId, deliveryId, hash: await hashToken(token) }, now)))
    return refuse('asked_lately')
  const url = deps.config.APP_URL + routes.hosted(token)
  const notice = { kind: 'fresh_link', link: url, company: displayName(company), number } as const
  if (!(await sendNotice(deps, address, notice, language))) return refuse('mail_failed')
  const row = { accountId, documentId, id: deps.newId('his'), at: now, type: 'fresh_link', actor: '' } as const
  await insertHistory(db, [{ ...row, deliveryId, data: {} }])
  return ok(true)
}
