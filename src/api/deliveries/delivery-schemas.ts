/** Schemas of the queries and replies of deliveries. */
import * as v from 'valibot'
import { DELIVERY_STATUSES } from '../../domain/delivery'
import { IsoTime, PAGE } from '../fields'
import { SendDeliveryJson } from '../sends/send-schemas'

const time = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601, in UTC'))

export const DeliveryQuery = v.strictObject({
  ...PAGE,
  state: v.optional(v.picklist(DELIVERY_STATUSES)),
  problem: v.optional(
    v.pipe(v.literal('true'), v.description('Those that failed, or of which nothing is known, and are not settled')),
  ),
  document_id: v.optional(v.string()),
  send_id: v.optional(v.string()),
  contact_id: v.optional(v.string()),
  address: v.optional(v.pipe(v.string(), v.maxLength(254), v.description('The whole address'))),
  created_from: v.optional(time),
  created_to: v.optional(time),
})

export const DeliveryHistoryQuery = v.strictObject(PAGE)

export const DeliveryJson = v.object({
  ...SendDeliveryJson.entries,
  document_id: v.string(),
  send_id: v.string(),
  contact_id: v.nullable(v.string()),
  purpose: v.pipe(v.picklist(['customer', 'copy']), v.description('`copy`: the account’s own copy')),
  problem: v.pipe(v.boolean(), v.description('It failed, or nothing is known of it, and that is not settled')),
  attempts: v.number(),
  next_attempt_at: v.pipe(v.nullable(IsoTime), v.description('When it leaves, or is tried again')),
  provider_connection: v.pipe(
    v.string(),
    v.description(
      'What carries it: `deployment`, `simulator` (addresses at simulator.test), or the id of the account’s own',
    ),
  ),
  from: v.pipe(
    v.nullable(v.string()),
    v.description('The account’s own From address that it left with; null for the platform’s'),
  ),
  pdf: v.pipe(
    v.picklist(['attached', 'linked']),
    v.description('`linked`: as was chosen, or since its files are too large for the provider'),
  ),
  has_message: v.pipe(v.boolean(), v.description('Whether its mail has been made, so that `/message` returns it')),
  created_at: IsoTime,
})
