/** Describes the operations on bulk sends. */
import { PREFLIGHT_DAYS } from '../../domain/bulk-send'
import { routes } from '../../routes'
import { listOf } from '../fields'
import { operation } from '../operation'
import { BulkResultJson, BulkResultQuery, BulkSendJson, NewBulkSend } from './bulk-send-schemas'

const tag = 'Bulk sends'

export const createBulkSend = operation({
  ...{ id: 'createBulkSend', tag, method: 'post', path: routes.bulkSends, scope: 'send' },
  summary: 'Send many documents',
  description: [
    'Up to 250 documents are collected before the response. A longer list is in the state `collecting` then, and goes on by itself, some thousand documents a minute; its mails leave with the bulk mails of the account.',
    `With \`dry_run\` the status is 200, and nothing is sent: the response counts what would be, and is forgotten after ${PREFLIGHT_DAYS} days. Ask again while its state is \`collecting\`.`,
    'Documents that can’t be sent are left out, with the reason in the results.',
  ].join('\n\n'),
  body: NewBulkSend,
  ...{ status: 202, otherStatus: 200, reply: BulkSendJson, headers: ['Location'] },
  refusals: ['company_incomplete', 'reply_address_unconfirmed', 'sending_rests'],
  example: { body: { filter: { type: 'invoice', delivery_state: 'not_sent' }, leave_out: ['paid'], dry_run: true } },
})

export const getBulkSend = operation({
  ...{ id: 'getBulkSend', tag, method: 'get', path: routes.bulkSend(':id'), scope: 'read' },
  summary: 'Get a bulk send, with its counts',
  ...{ status: 200, reply: BulkSendJson },
})

export const listBulkResults = operation({
  ...{ id: 'listBulkResults', tag, method: 'get', path: routes.apiBulkResults(':id'), scope: 'read' },
  summary: 'List what became of each document of a bulk send',
  query: BulkResultQuery,
  ...{ status: 200, reply: listOf(BulkResultJson), headers: ['Link'] },
})
