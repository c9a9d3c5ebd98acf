import type { SendOutcome } from '../../domain/attempt'
import type { MailRoute } from '../../domain/provider-connection'
import { senderAddress } from '../../mail/compose'
import type { OutgoingMail } from '../../mail/mailer'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { platformKey } from '../providers/sender-keys'
import { noticeRoutes } from './deployment-mail-routes'

/**
 * Sends a mail at once, without batch window and queue. The outcome is only logged: a failed notice causes no further
 * notice. Returns true if a server accepted it; never throws.
 * @param kind for the log
 * @param compose returns the mail's bytes (RFC 5322) for an id
 */
export const sendAtOnce = async (deps: Deps, to: string, kind: string, compose: Compose): Promise<boolean> =>
  (await attemptAtOnce(deps, to, kind, compose)) === 'accepted'

type Compose = (id: string) => Uint8Array | Promise<Uint8Array>

/** Sends a mail like `sendAtOnce`, but returns the type of its outcome; `failed` after an exception. */
export async function attemptAtOnce(
  deps: Deps,
  to: string,
  kind: string,
  compose: Compose,
): Promise<SendOutcome['type'] | 'failed'> {
  const id = deps.newId('ntc')
  try {
    const mime = await compose(id)
    const dkim = await platformKey(deps.config)
    const mail = { deliveryId: id, attempt: 1, from: senderAddress(deps.config.MAIL_DOMAIN), to, mime, dkim }
    const outcome = await sendOver(deps, mail)
    deps.log({ event: 'notice', id, kind, outcome: outcome.type })
    return outcome.type
  } catch (error) {
    deps.log({ ...errorEntry(error), id, notice: kind })
    return 'failed'
  }
}

/** Sends over the deployment's provider, or over its second one if the first has not taken the mail. */
async function sendOver(deps: Deps, mail: OutgoingMail): Promise<SendOutcome> {
  const [first, second] = noticeRoutes(deps.config, mail.to)
  const outcome = await sendOnce(deps, first, mail)
  const isRefused = outcome.type === 'pause' || outcome.type === 'retry'
  return isRefused && second ? sendOnce(deps, second, mail) : outcome
}

async function sendOnce(deps: Deps, route: MailRoute, mail: OutgoingMail): Promise<SendOutcome> {
  const mailer = deps.mailer(route)
  try {
    return await mailer.send(mail)
  } finally {
    mailer.close()
  }
}
