/** Describes the operations on suppressions. */
import { routes } from '../../routes'
import { listOf } from '../fields'
import { operation } from '../operation'
import { NewSuppression, ReleaseQuery, SuppressionJson, SuppressionQuery } from './suppression-schemas'

const tag = 'Suppressions'

export const listSuppressions = operation({
  ...{ id: 'listSuppressions', tag, method: 'get', path: routes.apiSuppressions, scope: 'read' },
  summary: 'List the addresses that get no mail, latest first',
  description: 'They hold for live documents. A test key sees none.',
  query: SuppressionQuery,
  ...{ status: 200, reply: listOf(SuppressionJson), headers: ['Link'] },
})

export const createSuppression = operation({
  ...{ id: 'createSuppression', tag, method: 'post', path: routes.apiSuppressions, scope: 'write' },
  summary: 'Suppress an address',
  description: 'Mails that wait to be sent to it are dropped when they are due.',
  body: NewSuppression,
  ...{ status: 201, reply: SuppressionJson, headers: ['Location'] },
  refusals: ['suppressed_already', 'live_key_needed'],
  example: { body: { address: 'anna@passages.example', reason: 'unsubscribed' } },
})

export const deleteSuppression = operation({
  ...{ id: 'deleteSuppression', tag, method: 'delete', path: routes.apiSuppression(':address'), scope: 'write' },
  summary: 'Release an address, so that it gets mails again',
  description:
    'Recipients who complained or unsubscribed asked for no more mails. To override that, name it: `?reason=complaint`.',
  query: ReleaseQuery,
  ...{ status: 204, refusals: ['release_reason_missing', 'released_already'] },
})
