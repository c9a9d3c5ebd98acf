/** Says which account a key belongs to, and what it may do: a test of the key. */
import { Hono } from 'hono'
import { displayName } from '../domain/company'
import { getAccount } from './account-operations'
import type { ApiEnv } from './api-env'
import { serve } from './serve'

export const accountRoutes = new Hono<ApiEnv>()

serve(accountRoutes, getAccount, async (c) => {
  const { key, account } = c.var
  const { settings, company } = account
  return {
    id: account.id,
    name: displayName(company),
    ...{ currency: settings.currency, language: settings.language, time_zone: settings.timeZone },
    mode: key.test ? ('test' as const) : ('live' as const),
    key: { id: key.id, name: key.name, scopes: key.scopes },
  }
})
