import { composeMime, senderAddress } from '../mail/compose'
import type { Mailer } from '../mail/mailer'
import { connectionFor } from '../mail/mailers'
import { type Notice, renderNotice } from '../mail/render-notice'
import type { Deps } from './deps'
import { errorEntry } from './error-entry'

/**
 * Mails one of Facteur's own short notices at once, outside window and queue. What becomes of it is logged and nothing more:
 * a failed notice makes no notice. True when a server accepted it; never throws.
 */
export async function sendNotice(deps: Deps, to: string, notice: Notice, language: string): Promise<boolean> {
  const id = deps.newId('ntc')
  const domain = deps.config.MAIL_DOMAIN
  let mailer: Mailer | undefined
  try {
    mailer = deps.mailer(connectionFor(to))
    const mime = await composeMime(renderNotice(notice, language), { id, date: deps.now(), domain, to }, [])
    const outcome = await mailer.send({ deliveryId: id, attempt: 1, from: senderAddress(domain), to, mime })
    deps.log({ event: 'notice', id, kind: notice.kind, outcome: outcome.type })
    return outcome.type === 'accepted'
  } catch (error) {
    deps.log({ ...errorEntry(error), id, notice: notice.kind })
    return false
  } finally {
    mailer?.close()
  }
}
