/** Describes the operation that tests a key. */
import * as v from 'valibot'
import { API_SCOPES } from '../domain/api-key'
import { operation } from './operation'

export const AccountJson = v.object({
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
