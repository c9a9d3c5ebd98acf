import { runBatch } from '../../db/client'
import { listRestingOwners, restIfReputationBad } from '../../db/resting'
import { displayName } from '../../domain/company'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { meterNotice } from './meter-notice'
import { sendNotice } from './send-notice'

/**
 * Checks the bounce and complaint rates of accounts after a hard bounce or a complaint. Where a rate is too high, pauses the bulk and
 * automatic mails of the account and mails its owners once. Never throws: the next bounce repeats the check.
 */
export async function restSending(deps: Deps, accountIds: string[]): Promise<void> {
  const ids = [...new Set(accountIds)]
  if (ids.length === 0) return
  try {
    const now = deps.now()
    const results = await runBatch(
      deps.db,
      ids.map((id) => restIfReputationBad(id, now)),
    )
    const resting = results.flatMap(({ results: rows }) => rows.map((row) => String(row.id)))
    for (const accountId of resting) await mailOwners(deps, accountId)
  } catch (error) {
    deps.log({ ...errorEntry(error), event: 'rest_not_checked' })
  }
}

async function mailOwners(deps: Deps, accountId: string): Promise<void> {
  deps.log({ event: 'sending_rests', accountId })
  for (const { email, language, company, settings, reason } of await listRestingOwners(deps.db, accountId)) {
    if (await meterNotice(deps, accountId, 'account')) return
    const notice = {
      ...({ kind: 'sending_rests', reason, company: displayName(company) } as const),
      link: deps.config.APP_URL,
    }
    await sendNotice(deps, notice, {
      to: email,
      language: language || settings.language,
      account: { id: accountId, settings },
    })
  }
}
