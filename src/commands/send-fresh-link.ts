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

/**
 * Mails a new link to the delivery's own address, and to no other, whoever asks: the old link proves nothing more than that its mail
 * went there. Asked again too soon, the one just mailed is enough. Refused with `address_stopped` where mails to the address bounce or
 * were complained about.
 */
export async function sendFreshLink(deps: Deps, link: HostedLink): Promise<Result<true, 'address_stopped'>> {
  const { db } = deps
  const { accountId, documentId, deliveryId, address, language, number, company } = link
  if ((await findSubscription(db, accountId, addressKey(address))) === 'stopped') return refuse('address_stopped')
  const token = deps.newToken()
  const now = deps.now()
  if (!(await insertFreshLink(db, { accountId, deliveryId, hash: await hashToken(token) }, now))) return ok(true)
  const row = { accountId, documentId, id: deps.newId('his'), at: now, type: 'fresh_link', actor: '' } as const
  await insertHistory(db, [{ ...row, deliveryId, data: {} }])
  const url = deps.config.APP_URL + routes.hosted(token)
  await sendNotice(deps, address, { kind: 'fresh_link', link: url, company: displayName(company), number }, language)
  return ok(true)
}
