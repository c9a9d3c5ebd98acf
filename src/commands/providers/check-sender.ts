import { type BackgroundJobRef, endBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import {
  chooseSender,
  findSenderDomain,
  isDomainTaken,
  listSenderKeys,
  scheduleSenderCheck,
  writeSenderCheck,
} from '../../db/sender-domains'
import { decideSender, nextCheckAt } from '../../domain/sender-domain'
import { dkimName, judgeDkim } from '../../domain/sender-records'
import type { Deps } from '../deps'
import { findDomainRecords, findTexts } from './domain-records'
import { mailLostSender } from './mail-lost-sender'

/**
 * Looks at the DNS records of an account's sender domain, and takes its address into use or out of it. Two checks at the same time count
 * as one. Does nothing for an account without an address.
 */
export async function checkSender(deps: Deps, accountId: string): Promise<void> {
  const { db } = deps
  const sender = await findSenderDomain(db, accountId)
  if (!sender) return
  const { domain, address } = sender
  const keys = await listSenderKeys(db, accountId)
  const [dkim, others, taken] = await Promise.all([
    Promise.all(
      keys.map(async ({ selector, publicKey }) => {
        const name = dkimName(selector, domain)
        return judgeDkim(name, await findTexts(deps, name), publicKey)
      }),
    ),
    findDomainRecords(deps, domain, deps.config.SPF_INCLUDE),
    isDomainTaken(db, accountId, domain),
  ])
  const records = [...dkim, ...others]
  const now = deps.now()
  const decision = decideSender(sender, { selectors: keys.map(({ selector }) => selector), records, taken, now })
  const [written] = await runBatch(db, [
    writeSenderCheck(sender, decision, records, now),
    chooseSender(accountId),
    scheduleSenderCheck(accountId, nextCheckAt({ ...sender, ...decision }, now)),
  ])
  if (written?.results.length !== 1 || !decision.change) return
  deps.log({ event: `sender_${decision.change}`, accountId })
  if (decision.change === 'lost') await mailLostSender(deps, accountId, address)
}

/** Runs the check as a background job, which ends with the address. */
export async function checkSenderStep(deps: Deps, job: BackgroundJobRef): Promise<void> {
  if (await findSenderDomain(deps.db, job.accountId)) await checkSender(deps, job.accountId)
  else await runBatch(deps.db, [endBackgroundJob(job)])
}
