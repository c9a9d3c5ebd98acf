/** Describes the operation that tests a key. */
import * as v from 'valibot'
import { API_SCOPES } from '../domain/api-key'
import { REST_REASONS } from '../domain/reputation'
import { IsoTime } from './fields'
import { operation } from './operation'

export const AccountJson = v.object({
  ...{ id: v.string(), name: v.string() },
  currency: v.pipe(v.string(), v.description('ISO 4217; of documents that name none')),
  language: v.pipe(v.string(), v.description('BCP 47; of contacts that name none')),
  time_zone: v.pipe(v.string(), v.description('IANA name')),
  languages: v.pipe(
    v.array(v.string()),
    v.description('All languages of the account; the texts of mails exist in each'),
  ),
  mode: v.picklist(['live', 'test']),
  quota: v.pipe(
    v.object({ limit: v.number(), used: v.number(), left: v.number(), resets_at: IsoTime }),
    v.description('Mails of today, in this mode; what waits to leave today is used'),
  ),
  resting: v.pipe(
    v.nullable(v.object({ since: IsoTime, reason: v.nullable(v.picklist(REST_REASONS)) })),
    v.description('Set while bulk and automatic mails wait, since too many bounced or were marked as spam'),
  ),
  closing_at: v.pipe(
    v.nullable(IsoTime),
    v.description('Set while the account is being closed and can only be read: when it is deleted'),
  ),
  reply_address: v.pipe(
    v.object({ address: v.string(), confirmed: v.boolean() }),
    v.description('Where replies go. Until it is confirmed, mails go only to people of the account'),
  ),
  key: v.object({ id: v.string(), name: v.string(), scopes: v.array(v.picklist(API_SCOPES)) }),
})

export const getAccount = operation({
  ...{ id: 'getAccount', tag: 'Account', method: 'get', path: '/account', scope: 'read' },
  summary: 'Get the account of this key, and what it may send now',
  ...{ status: 200, reply: AccountJson },
})
