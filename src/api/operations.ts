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

export const operations: Operation[] = [
  getAccount,
  ...Object.values(contacts),
  ...Object.values(documents),
  ...Object.values(sends),
  ...Object.values(bulkSends),
  ...Object.values(deliveries),
  ...Object.values(suppressions),
  ...Object.values(translations),
  listEvents,
  ...Object.values(webhookEndpoints),
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
