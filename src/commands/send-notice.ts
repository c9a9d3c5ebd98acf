import { composeMime, senderAddress } from '../mail/compose'
import { connectionFor } from '../mail/mailers'
import { type Notice, renderNotice } from '../mail/render-notice'
import type { Deps } from './deps'

/**
 * Mails one of Facteur's own short notices at once, outside window and queue. What becomes of it is logged and nothing more:
 * a failed notice makes no notice. Never throws.
 */
export async function sendNotice(deps: Deps, to: string, notice: Notice, language: string): Promise<void> {
  const id = deps.newId('ntc')
  const domain = deps.config.MAIL_DOMAIN
  const mailer = deps.mailer(connectionFor(to))
  try {
    const mime = await composeMime(renderNotice(notice, language), { id, date: deps.now(), domain, to }, [])
    const outcome = await mailer.send({ deliveryId: id, attempt: 1, from: senderAddress(domain), to, mime })
    deps.log({ event: 'notice', id, kind: notice.kind, outcome: outcome.type })
  } catch (error) {
    deps.log({ event: 'notice', id, kind: notice.kind, outcome: 'failed', message: String(error) })
  } finally {
    mailer.close()
  }
}
