/** Lists what the OpenAPI document describes: every operation, in the order of the reference, and the schemas that have a name there. */
import { AccountJson, getAccount } from './account-operations'
import * as bulkSends from './bulk-sends/bulk-send-operations'
import * as bulkSendSchemas from './bulk-sends/bulk-send-schemas'
import * as contacts from './contacts/contact-operations'
import * as contactSchemas from './contacts/contact-schemas'
import * as deliveries from './deliveries/delivery-operations'
import * as deliverySchemas from './deliveries/delivery-schemas'
import * as documents from './documents/document-operations'
import * as documentSchemas from './documents/document-schemas'
import { EventJson, listEvents } from './events/event-operations'
import type { Operation } from './operation'
import * as sends from './sends/send-operations'
import * as sendSchemas from './sends/send-schemas'
import * as suppressions from './suppressions/suppression-operations'
import * as suppressionSchemas from './suppressions/suppression-schemas'
import * as translations from './translations/translation-operations'
import * as translationSchemas from './translations/translation-schemas'
import * as webhookEndpoints from './webhook-endpoints/endpoint-operations'
import * as webhookEndpointSchemas from './webhook-endpoints/endpoint-schemas'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** Returns the operations of a resource: those on all of it before those on one thing, and these before those on its parts. */
const inOrder = (ofResource: Record<string, Operation>): Operation[] =>
  Object.values(ofResource).sort(
    (one, other) =>
      one.path.split('/').length - other.path.split('/').length ||
      one.path.localeCompare(other.path) ||
      METHODS.indexOf(one.method) - METHODS.indexOf(other.method),
  )

export const operations: Operation[] = [
  getAccount,
  ...inOrder(contacts),
  ...inOrder(documents),
  ...inOrder(sends),
  ...inOrder(bulkSends),
  ...inOrder(deliveries),
  ...inOrder(suppressions),
  ...inOrder(translations),
  listEvents,
  ...inOrder(webhookEndpoints),
]

/** Schemas by the names that they are exported under. */
export const namedSchemas = {
  AccountJson,
  ...contactSchemas,
  ...documentSchemas,
  ...sendSchemas,
  ...bulkSendSchemas,
  ...deliverySchemas,
  ...suppressionSchemas,
  ...translationSchemas,
  EventJson,
  ...webhookEndpointSchemas,
}
