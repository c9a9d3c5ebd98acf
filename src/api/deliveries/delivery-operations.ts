/** Describes the operations on deliveries. */
import { routes } from '../../routes'
import { HistoryEntryJson } from '../documents/document-schemas'
import { listOf } from '../fields'
import { operation } from '../operation'
import { DeliveryHistoryQuery, DeliveryJson, DeliveryQuery } from './delivery-schemas'

const tag = 'Deliveries'

export const listDeliveries = operation({
  ...{ id: 'listDeliveries', tag, method: 'get', path: routes.apiDeliveries, scope: 'read' },
  summary: 'List deliveries to customers, newest first',
  description:
    'A filtered page looks along 1,000 deliveries and can be short: go on while there is a `next_cursor`. Failures, documents, sends and contacts are looked up.',
  query: DeliveryQuery,
  ...{ status: 200, reply: listOf(DeliveryJson), headers: ['Link'] },
})

export const getDelivery = operation({
  ...{ id: 'getDelivery', tag, method: 'get', path: routes.apiDelivery(':id'), scope: 'read' },
  summary: 'Get a delivery: what became of one mail to one address',
  ...{ status: 200, reply: DeliveryJson },
})

export const getDeliveryMessage = operation({
  ...{ id: 'getDeliveryMessage', tag, method: 'get', path: routes.apiDeliveryMessage(':id'), scope: 'send' },
  summary: 'Get the mail as it was sent',
  description:
    'The bytes that left (RFC 5322). They contain the customer’s link, with which a reader can act as the customer.',
  ...{ status: 200, replyType: 'message/rfc822' },
})

export const listDeliveryHistory = operation({
  ...{ id: 'listDeliveryHistory', tag, method: 'get', path: routes.apiDeliveryHistory(':id'), scope: 'read' },
  summary: 'List what happened to a delivery, newest first',
  query: DeliveryHistoryQuery,
  ...{ status: 200, reply: listOf(HistoryEntryJson), headers: ['Link'] },
})
