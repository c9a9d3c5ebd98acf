import { listTextsFor } from '../../db/account-texts'
import { insertHistory } from '../../db/history'
import { type HostedLink, insertFreshLink } from '../../db/hosted-links'
import { findSubscription } from '../../db/suppressions'
import { balanceOf } from '../../domain/balance'
import { addressKey } from '../../domain/email-addresses'
import { languageChain } from '../../domain/languages'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'
import { readLogo } from '../logo-files'
import { hashToken } from '../token'
import { composeDocumentMail } from './compose-document-mail'
import { meterNotice } from './meter-notice'
import { sendAtOnce } from './send-at-once'

export type FreshLinkRefusal = 'address_stopped' | 'asked_lately' | 'mail_failed' | 'fresh_links_used'

/**
 * Mails a new link to the delivery's address, and to no other, since the old link does not prove who asks. Refused
 * with `address_stopped` if mails to the address bounced or were complained about, `asked_lately` after one link
 * within ten minutes or five within a day, `fresh_links_used` at the account's daily limit, and `mail_failed` if no
 * server accepted the mail.
 */
export async function sendFreshLink(deps: Deps, link: HostedLink): Promise<Result<true, FreshLinkRefusal>> {
  const { db } = deps
  const { accountId, documentId, deliveryId, address } = link
  if ((await findSubscription(db, accountId, addressKey(address))) === 'stopped') return refuse('address_stopped')
  const token = deps.newToken()
  const now = deps.now()
  if (!(await insertFreshLink(db, { accountId, deliveryId, hash: await hashToken(token) }, now)))
    return refuse('asked_lately')
  if (await meterNotice(deps, accountId, 'fresh_link')) return refuse('fresh_links_used')
  if (!(await mail(deps, link, token))) return refuse('mail_failed')
  const row = { accountId, documentId, id: deps.newId('his'), at: now, type: 'fresh_link', actor: '' } as const
  await insertHistory(db, [{ ...row, deliveryId, data: {} }])
  return ok(true)
}

/** Sends the link with the account's texts, like the mail of the old link. */
async function mail(deps: Deps, { language, ...link }: HostedLink, token: string): Promise<boolean> {
  const { accountId, address, snapshot, number, company, settings } = link
  const balance = balanceOf(link, settings.timeZone)
  const logo = await readLogo(deps, accountId, link.logo)
  const kind = 'fresh_link'
  const keys = languageChain(settings, language).map((one) => ({ accountId, language: one, kind }) as const)
  const accountTexts = await listTextsFor(deps.db, keys)
  return sendAtOnce(deps, address, kind, (id) =>
    composeDocumentMail(deps, {
      ...{
        id,
        to: address,
        mailKind: kind,
        language,
        languages: settings,
        accountTexts,
        subject: null,
        body: null,
        company,
        logo,
        token,
      },
      ...{ snapshot: { ...snapshot, number }, balance, alsoSentTo: [], provisional: false, attachesPdf: false },
    }),
  )
}
