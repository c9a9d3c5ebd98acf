import { runBatch } from '../../db/client'
import {
  chooseConnections,
  findProviderConnection,
  moveWaiting,
  updateProviderConnection,
} from '../../db/provider-connections'
import type { SendOutcome } from '../../domain/attempt'
import type { ConnectionPlace } from '../../domain/provider-connection'
import { ok, type Result, refuse } from '../../domain/result'
import { composeMime } from '../../mail/compose'
import type { RenderedMail } from '../../mail/mail-input'
import type { Deps } from '../deps'
import { meterNotice } from '../sends/meter-notice'
import { returnPath } from '../sends/return-path'
import { openSettings } from './connection-secrets'

export interface ConnectionTest {
  accountId: string
  place: ConnectionPlace
  /** The person who asks, to whom the test mail goes. */
  to: string
  company: string
  mail: RenderedMail
}

/** Most of a provider's response that is kept and shown. */
const MAX_SHOWN = 200

/**
 * Sends a test mail over an account's connection and keeps the provider's response. An accepted one lets the connection carry the account's
 * mails; after any other it carries none until a test succeeds.
 */
export async function testConnection(
  deps: Deps,
  { accountId, place, to, company, mail }: ConnectionTest,
): Promise<Result<SendOutcome, 'not_found' | 'notice_limit' | 'secret_unreadable'>> {
  const { db } = deps
  const connection = await findProviderConnection(db, accountId, place)
  if (!connection) return refuse('not_found')
  const settings = await openSettings(deps, connection)
  if (!settings) return refuse('secret_unreadable')
  const refused = await meterNotice(deps, accountId, 'provider_test')
  if (refused) return refused
  const {
    id,
    settings: { from: sender },
  } = connection
  const outcome = await send()
  const now = deps.now()
  const works = outcome.type === 'accepted'
  const tested = { testedAt: now, testOutcome: outcome.type, testText: outcome.text.slice(0, MAX_SHOWN) }
  await runBatch(db, [
    updateProviderConnection(
      db,
      connection,
      { ...tested, workingAt: works ? (connection.workingAt ?? now) : null },
      now,
    ),
    chooseConnections(accountId),
    ...(works ? [] : [moveWaiting(accountId, id)]),
  ])
  return ok(outcome)

  async function send(): Promise<SendOutcome> {
    const mailer = deps.mailer({ connection: id, settings, sender })
    try {
      const deliveryId = deps.newId('ntc')
      const envelope = { id: deliveryId, date: deps.now(), domain: deps.config.MAIL_DOMAIN, to, company, sender }
      const reports = returnPath(deps.config, deliveryId)
      return await mailer.send({
        ...{ deliveryId, attempt: 1, from: sender, to, mime: composeMime(mail, envelope, []) },
        // As the account's mails will leave: a server may refuse another envelope sender.
        ...(reports && { returnPath: reports }),
      })
    } finally {
      mailer.close()
    }
  }
}
