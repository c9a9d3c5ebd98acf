import { type BackgroundJobRef, endBackgroundJob, postponeBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import {
  countLeftLate,
  endOutages,
  hasOutages,
  listOutageRecipients,
  listOverdueGroups,
  type Outage,
  type OutageRecipient,
  openOutages,
  reopenOutage,
} from '../../db/outages'
import { displayName } from '../../domain/company'
import { OUTAGE_MS } from '../../domain/outage'
import { connectionFor } from '../../domain/provider-connection'
import type { Notice } from '../../mail/notice'
import type { Deps } from '../deps'
import { sendNotice } from './send-notice'

const CHECK_INTERVAL_MS = 30_000

/**
 * Notifies owners when mails have waited for their provider for a quarter of an hour, if another connection can reach
 * them. Notifies all owners when the last of these mails has left. The row of an outage is the claim: it is inserted
 * before the first notice and deleted before the second, so neither is sent twice.
 */
export async function notifyOutages(deps: Deps, job: BackgroundJobRef): Promise<void> {
  const { db } = deps
  const before = deps.now() - OUTAGE_MS
  const waiting = (await listOverdueGroups(db)).filter(({ since }) => since <= before)
  const opened = waiting.length > 0 ? await openOutages(db, waiting) : []
  for (const outage of opened) await notifyOfBeginning(deps, outage)
  for (const outage of await endOutages(db)) await notifyOfEnd(deps, outage)
  if (await hasOutages(db)) await postponeBackgroundJob(db, job, deps.now() + CHECK_INTERVAL_MS)
  else await runBatch(db, [endBackgroundJob(job)])
}

async function notifyOfBeginning(deps: Deps, outage: Outage): Promise<void> {
  const owners = await listOutageRecipients(deps.db, outage.accountId)
  const reachable = owners.filter(({ email }) => connectionFor(email) !== outage.connection)
  deps.log({ event: 'outage_began', connection: outage.connection, reason: outage.reason, mailed: reachable.length })
  for (const owner of reachable) await mail(deps, outage, owner, { kind: 'outage', reason: outage.reason })
}

async function notifyOfEnd(deps: Deps, outage: Outage): Promise<void> {
  const count = await countLeftLate(deps.db, outage)
  deps.log({ event: 'outage_over', connection: outage.connection, count })
  if (count === 0) return
  const owners = await listOutageRecipients(deps.db, outage.accountId)
  let notified = owners.length === 0
  for (const owner of owners) if (await mail(deps, outage, owner, { kind: 'outage_over', count })) notified = true
  if (!notified) await reopenOutage(deps.db, outage)
}

type OutageFact = { kind: 'outage'; reason: string } | { kind: 'outage_over'; count: number }

/** Mails one owner. Returns false if no server accepted the mail. */
function mail(deps: Deps, { accountId, since }: Outage, owner: OutageRecipient, fact: OutageFact): Promise<boolean> {
  const { email, language, company, settings } = owner
  const about = { company: displayName(company), since, timeZone: settings.timeZone, appUrl: deps.config.APP_URL }
  const notice: Notice = { ...fact, ...about }
  return sendNotice(deps, notice, {
    to: email,
    language: language || settings.language,
    account: { id: accountId, settings },
  })
}
