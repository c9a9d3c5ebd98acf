/** Says which account a key belongs to, and what it may do: a test of the key. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { API_SCOPES } from '../domain/api-key'
import { displayName } from '../domain/company'
import type { ApiEnv } from './api-env'
import { operation, serve } from './operation'

const AccountJson = v.object({
  ...{ id: v.string(), name: v.string() },
  currency: v.pipe(v.string(), v.description('ISO 4217; of documents that name none')),
  language: v.pipe(v.string(), v.description('BCP 47; of contacts that name none')),
  time_zone: v.pipe(v.string(), v.description('IANA name')),
  mode: v.picklist(['live', 'test']),
  key: v.object({ id: v.string(), name: v.string(), scopes: v.array(v.picklist(API_SCOPES)) }),
})

export const getAccount = operation({
  ...{ id: 'getAccount', tag: 'Account', method: 'get', path: '/account', scope: 'read' },
  summary: 'Get the account of this key',
  ...{ status: 200, reply: AccountJson },
})

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
