import type { SendOutcome } from '../../domain/attempt'
import { senderAddress } from '../../mail/compose'
import type { Mailer } from '../../mail/mailer'
import { connectionFor } from '../../mail/provider-connection'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'

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
  let mailer: Mailer | undefined
  try {
    mailer = deps.mailer(connectionFor(to))
    const mime = await compose(id)
    const from = senderAddress(deps.config.MAIL_DOMAIN)
    const outcome = await mailer.send({ deliveryId: id, attempt: 1, from, to, mime })
    deps.log({ event: 'notice', id, kind, outcome: outcome.type })
    return outcome.type
  } catch (error) {
    deps.log({ ...errorEntry(error), id, notice: kind })
    return 'failed'
  } finally {
    mailer?.close()
  }
}
