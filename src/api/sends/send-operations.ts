/** Describes the operations on sends. */
import { routes } from '../../routes'
import { listOf } from '../fields'
import { operation } from '../operation'
import { NewSend, SendJson, SendQuery } from './send-schemas'

const tag = 'Sends'
const path = routes.apiSend(':id')

export const createSend = operation({
  ...{ id: 'createSend', tag, method: 'post', path: routes.sends(':id'), scope: 'send' },
  summary: 'Send a document',
  description:
    'A draft is finalised first, in the same step: either both are done or nothing. The mails leave when the account’s time to undo has passed.',
  body: NewSend,
  ...{ status: 202, reply: SendJson, headers: ['Location'] },
  refusals: [
    'incomplete',
    'issue_date_too_early',
    'number_taken',
    'company_incomplete',
    'reply_address_unconfirmed',
    'no_address',
    'suppressed',
    'test_recipients',
    'mail_too_large',
    'quota_reached',
    'external_id_taken',
    'busy',
  ],
  example: {
    body: { to: ['compta@passages.example'], language: 'fr', external_id: 'mail-1042', metadata: { shop: 'north' } },
  },
})

export const listSends = operation({
  ...{ id: 'listSends', tag, method: 'get', path: routes.apiSends, scope: 'read' },
  summary: 'List sends, newest first',
  description: 'A page looks at 1,000 mails, so it can be short, or empty, and have a `next_cursor` all the same.',
  query: SendQuery,
  ...{ status: 200, reply: listOf(SendJson), headers: ['Link'] },
})

export const getSend = operation({
  ...{ id: 'getSend', tag, method: 'get', path, scope: 'read' },
  summary: 'Get a send',
  ...{ status: 200, reply: SendJson },
})

export const deleteSend = operation({
  ...{ id: 'deleteSend', tag, method: 'delete', path, scope: 'send' },
  summary: 'Undo a send',
  description:
    'Cancels its mails that have not left. The document stays final. Refused when all have left; the response says what became of each.',
  ...{ status: 200, reply: SendJson, refusals: ['already_dispatched'] },
})
