/** Schemas of the bodies and queries of sends. */
import * as v from 'valibot'
import { DELIVERY_STATUSES, MAIL_STATES, ORIGIN_PRIORITY, type SendOrigin } from '../../domain/delivery'
import { IsoTime, MetadataChanges, MetadataJson, PAGE } from '../fields'

const EXTERNAL_ID_CHARS = 200

export const NewSend = v.strictObject({
  to: v.exactOptional(
    v.pipe(
      v.array(v.string()),
      v.minLength(1, 'no_recipients'),
      v.description(
        'At most 10 addresses, each of which gets a mail of its own. Without it: the contact’s addresses that are not suppressed. A mail to a suppressed address that is named here is `dropped`',
      ),
    ),
  ),
  language: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('BCP 47, one of the account’s languages. Without it: the contact’s, else the document’s'),
    ),
  ),
  subject: v.exactOptional(
    v.pipe(
      v.nullable(v.string()),
      v.description('With Liquid variables. Without it: that of the account’s translation'),
    ),
  ),
  body: v.exactOptional(
    v.pipe(
      v.nullable(v.string()),
      v.description('Markdown with Liquid variables. Without it: that of the account’s translation'),
    ),
  ),
  attach_pdf: v.exactOptional(v.pipe(v.boolean(), v.description('Without it: by the settings of the account'))),
  send_at: v.exactOptional(
    v.pipe(
      v.nullable(v.pipe(v.string(), v.isoTimestamp())),
      v.description('ISO 8601, at most 12 months ahead. Without it: with the next batch'),
    ),
  ),
  external_id: v.exactOptional(v.nullable(v.pipe(v.string(), v.maxLength(EXTERNAL_ID_CHARS)))),
  metadata: v.exactOptional(MetadataChanges),
})
export type NewSend = v.InferOutput<typeof NewSend>

export const SendQuery = v.strictObject({
  ...PAGE,
  document_id: v.optional(v.string()),
  external_id: v.optional(v.string()),
  state: v.optional(v.picklist(MAIL_STATES)),
})

export const SendDeliveryJson = v.object({
  id: v.string(),
  address: v.string(),
  state: v.picklist(DELIVERY_STATUSES),
  reason: v.pipe(v.nullable(v.string()), v.description('Why it waits, or did not arrive: a code')),
  detail: v.pipe(v.nullable(v.string()), v.description('The reason in a sentence')),
  server_response: v.pipe(v.nullable(v.string()), v.description('What the server of the recipient said')),
  sent_at: v.nullable(IsoTime),
  delivered_at: v.nullable(IsoTime),
  ended_at: v.pipe(
    v.nullable(IsoTime),
    v.description('When it reached a state that is neither `sent` nor `delivered`'),
  ),
})

export const SendJson = v.object({
  id: v.string(),
  document_id: v.string(),
  origin: v.pipe(
    v.picklist(Object.keys(ORIGIN_PRIORITY) as SendOrigin[]),
    v.description('`resend` and `bulk_resend`: the document was sent before, and has the text of repeated mails'),
  ),
  state: v.pipe(
    v.picklist(MAIL_STATES),
    v.description('The first of these that one of its deliveries has; `not_sent`: it was undone'),
  ),
  undo_until: v.pipe(
    v.nullable(IsoTime),
    v.description(
      'It can be undone until then; null when nothing waits any more. Its mails leave within the next minute',
    ),
  ),
  send_at: v.pipe(v.nullable(IsoTime), v.description('The time that was chosen')),
  language: v.string(),
  attach_pdf: v.boolean(),
  deliveries: v.pipe(
    v.array(SendDeliveryJson),
    v.description('One for each address. The account’s own copy is no part'),
  ),
  external_id: v.nullable(v.string()),
  metadata: MetadataJson,
  created_at: IsoTime,
})
