import { composeMime } from '../mail/compose'
import { type Notice, renderNotice } from '../mail/render-notice'
import type { Deps } from './deps'
import { sendAtOnce } from './send-at-once'

/** Mails one of Facteur's own short notices at once. True when a server accepted it; never throws. */
export const sendNotice = (deps: Deps, to: string, notice: Notice, language: string): Promise<boolean> =>
  sendAtOnce(deps, to, notice.kind, (id) => {
    const envelope = { id, date: deps.now(), domain: deps.config.MAIL_DOMAIN, to }
    return composeMime(renderNotice(notice, language), envelope, [])
  })
