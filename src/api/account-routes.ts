/** Says which account a key belongs to, and what it may do: a test of the key. */
import { Hono } from 'hono'
import { loadQuota } from '../commands/sends/quota'
import { displayName } from '../domain/company'
import { languagesOf } from '../domain/languages'
import { quotaLeft, quotaZone } from '../domain/quota'
import { getAccount } from './account-operations'
import type { ApiEnv } from './api-env'
import { isoTime } from './fields'
import { serve } from './serve'

export const accountRoutes = new Hono<ApiEnv>()

serve(accountRoutes, getAccount, async (c) => {
  const { deps, key, account } = c.var
  const { settings, company, restingAt, confirmedReplyEmail } = account
  const timeZone = quotaZone(account)
  const quota = await loadQuota(deps, { accountId: account.id, leavesAt: deps.now(), timeZone, test: key.test })
  return {
    id: account.id,
    name: displayName(company),
    ...{ currency: settings.currency, language: settings.language, time_zone: settings.timeZone },
    mode: key.test ? ('test' as const) : ('live' as const),
    languages: [...languagesOf(settings)],
    quota: { limit: quota.limit, used: quota.used, left: quotaLeft(quota), resets_at: isoTime(quota.resetsAt) },
    resting: restingAt === null ? null : { since: isoTime(restingAt), reason: account.restingReason },
    closing_at: isoTime(account.closingAt),
    reply_address: {
      address: company.email,
      confirmed: company.email !== '' && confirmedReplyEmail === company.email,
    },
    key: { id: key.id, name: key.name, scopes: key.scopes },
  }
})
