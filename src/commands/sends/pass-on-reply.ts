import { findAccount } from '../../db/accounts'
import type { ReportedDelivery } from '../../db/delivery-events'
import { findDocument } from '../../db/documents'
import { displayName } from '../../domain/company'
import { parseEmailAddress } from '../../domain/email-addresses'
import { translator } from '../../i18n'
import { composeMime } from '../../mail/compose'
import { plainMail } from '../../mail/plain-mail'
import { frameLanguageOf } from '../../mail/write-notice'
import type { Deps } from '../deps'
import type { MailReader } from './mail-reader'
import { meterNotice } from './meter-notice'
import { headersOf, PASSED_ON_HEADER } from './receive-bounce'
import { sendAtOnce } from './send-at-once'

/** Larger mails arrive cut off: most of them are files. */
const MAX_REPLY_BYTES = 5 * 1024 * 1024

export interface Reply {
  delivery: ReportedDelivery
  mail: MailReader
  /** Hands the mail on as it is, where the platform can. Rejects where it can't. */
  forward?: (to: string, headers: Headers) => Promise<unknown>
}

/**
 * Passes a person's mail, which reached the return path, on to the merchant: as it is, or attached to a mail of ours that counts against a
 * daily budget. Returns the merchant's address if neither is possible, empty if there is none.
 */
export async function passOnReply(
  deps: Deps,
  { delivery, mail, forward }: Reply,
): Promise<{ passedOn: true } | { writeTo: string }> {
  const account = await findAccount(deps.db, delivery.accountId)
  const to = account?.confirmedReplyEmail ?? ''
  if (!account || to === '' || isBounceAddress(deps, to)) return { writeTo: '' }
  if (await isForwarded(deps, to, forward)) return { passedOn: true }
  if (await meterNotice(deps, account.id, 'reply')) return { writeTo: to }
  const raw = await mail.upTo(MAX_REPLY_BYTES)
  const language = frameLanguageOf(account.settings, account.settings.language)
  const t = translator(language)
  const number = (await findDocument(deps.db, delivery.accountId, delivery.documentId))?.number ?? ''
  const person = senderOf(raw)
  const rendered = plainMail(language, t('mail.reply.subject', { number }), [
    t('mail.reply.text', { from: person ?? t('mail.reply.somebody'), number }),
    t(person ? 'mail.reply.answer' : 'mail.reply.open'),
    displayName(account.company),
  ])
  // RFC 2046 forbids base64 for message/rfc822, and base64 is what all providers take.
  const attached = { filename: 'mail.eml', contentType: 'application/octet-stream', content: raw }
  const sent = await sendAtOnce(deps, to, 'reply', (id) =>
    composeMime(
      rendered,
      { id, date: deps.now(), domain: deps.config.MAIL_DOMAIN, to, ...(person && { replyTo: person }) },
      [attached],
    ),
  )
  return sent ? { passedOn: true } : { writeTo: to }
}

async function isForwarded(deps: Deps, to: string, forward: Reply['forward']): Promise<boolean> {
  if (!forward) return false
  try {
    await forward(to, new Headers({ [PASSED_ON_HEADER]: 'yes' }))
    return true
  } catch {
    // The address is no verified destination of Email Routing's.
    deps.log({ event: 'reply_not_forwarded' })
    return false
  }
}

/** A mail that is passed on to the bounce domain would come back. */
const isBounceAddress = ({ config }: Deps, address: string): boolean =>
  config.BOUNCE_DOMAIN !== '' && address.toLowerCase().endsWith(`@${config.BOUNCE_DOMAIN.toLowerCase()}`)

/** Returns the address in From. */
function senderOf(raw: Uint8Array): string | undefined {
  const [, field = ''] = /^from:((?:[^\r\n]|\r?\n[ \t])*)/im.exec(headersOf(raw)) ?? []
  const parsed = parseEmailAddress(/<([^<>]+)>\s*$/.exec(field)?.[1] ?? field.trim())
  return parsed.ok ? parsed.value : undefined
}
