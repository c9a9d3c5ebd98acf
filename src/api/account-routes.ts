/** Says which account a key belongs to, and what it may do: a test of the key. */
import { Hono } from 'hono'
import { displayName } from '../domain/company'
import type { ApiEnv } from './api-env'
import { requireScope } from './middleware/authenticate'

export const accountRoutes = new Hono<ApiEnv>()

accountRoutes.get('/account', requireScope('read'), (c) => {
  const { key, account } = c.var
  const { settings, company } = account
  return c.json({
    id: account.id,
    name: displayName(company),
    ...{ currency: settings.currency, language: settings.language, time_zone: settings.timeZone },
    mode: key.test ? 'test' : 'live',
    key: { id: key.id, name: key.name, scopes: key.scopes },
  })
})
