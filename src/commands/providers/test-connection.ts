import { runBatch } from '../../db/client'
import {
  chooseConnections,
  findProviderConnection,
  moveWaiting,
  type ProviderConnection,
  recordTest,
} from '../../db/provider-connections'
import type { SendOutcome } from '../../domain/attempt'
import { type ConnectionPlace, PLAIN_RETURN_PATH, type ProviderSettings } from '../../domain/provider-connection'
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
  const { outcome, isPlain } = await sendTest(deps, { connection, settings, to, company, mail })
  const now = deps.now()
  const works = outcome.type === 'accepted'
  const { returnPath: _, ...shown } = connection.settings
  const tested = {
    ...{ testedAt: now, testOutcome: outcome.type, testText: outcome.text.slice(0, MAX_SHOWN) },
    settings: isPlain ? { ...shown, returnPath: PLAIN_RETURN_PATH } : shown,
    workingAt: works ? (connection.workingAt ?? now) : null,
  }
  await runBatch(db, [
    recordTest(db, connection, tested, now),
    chooseConnections(accountId),
    ...(works ? [] : [moveWaiting(accountId, connection.id)]),
  ])
  return ok(outcome)
}

type TestMail = Pick<ConnectionTest, 'to' | 'company' | 'mail'> & {
  connection: ProviderConnection
  settings: ProviderSettings
}

/**
 * Sends the test mail as the account's mails will leave: with our return path over SMTP, or without it if the server takes none but its
 * own. Then bounces go to the account's From address, and only what the server says at once is known.
 */
async function sendTest(deps: Deps, test: TestMail): Promise<{ outcome: SendOutcome; isPlain: boolean }> {
  const id = deps.newId('ntc')
  const reports = test.settings.kind === 'smtp' ? returnPath(deps.config, id) : undefined
  const outcome = await sendOnce(deps, test, id, reports)
  if (!reports || outcome.type !== 'pause' || outcome.reason !== 'sender_refused') return { outcome, isPlain: false }
  return { outcome: await sendOnce(deps, test, id, undefined), isPlain: true }
}

async function sendOnce(
  deps: Deps,
  { connection, settings, to, company, mail }: TestMail,
  deliveryId: string,
  reports: string | undefined,
): Promise<SendOutcome> {
  const sender = connection.settings.from
  const mailer = deps.mailer({ connection: connection.id, settings, sender })
  try {
    const envelope = { id: deliveryId, date: deps.now(), domain: deps.config.MAIL_DOMAIN, to, company, sender }
    const mime = composeMime(mail, envelope, [])
    return await mailer.send({
      ...{ deliveryId, attempt: 1, from: sender, to, mime },
      ...(reports && { returnPath: reports }),
    })
  } finally {
    mailer.close()
  }
}
