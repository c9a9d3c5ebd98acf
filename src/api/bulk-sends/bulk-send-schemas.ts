/** Schemas of the bodies and queries of bulk sends. */
import * as v from 'valibot'
import { BULK_STATES, MAX_BULK_DOCUMENTS, OPTIONAL_GROUPS } from '../../domain/bulk-send'
import { MAIL_STATES } from '../../domain/delivery'
import { DOCUMENT_KINDS } from '../../domain/document'
import { DOCUMENT_STATES } from '../../domain/document-state'
import { IsoTime, PAGE } from '../fields'
import { SendDeliveryJson } from '../sends/send-schemas'

export const DocumentSelection = v.strictObject({
  type: v.exactOptional(v.picklist(DOCUMENT_KINDS)),
  state: v.exactOptional(v.picklist(DOCUMENT_STATES)),
  delivery_state: v.exactOptional(
    v.pipe(v.picklist([...MAIL_STATES, 'kept_back']), v.description('`kept_back`: automatic, and not mailed')),
  ),
})
export type DocumentSelection = v.InferOutput<typeof DocumentSelection>

export const NewBulkSend = v.pipe(
  v.strictObject({
    document_ids: v.exactOptional(
      v.pipe(
        v.array(v.string()),
        v.minLength(1, 'Name at least one document.'),
        v.maxLength(MAX_BULK_DOCUMENTS, `Name at most ${MAX_BULK_DOCUMENTS} documents.`),
      ),
    ),
    filter: v.exactOptional(
      v.pipe(
        DocumentSelection,
        v.description(
          `In place of \`document_ids\`: all documents that match, as the list of documents has them, up to ${MAX_BULK_DOCUMENTS}`,
        ),
      ),
    ),
    leave_out: v.exactOptional(
      v.pipe(v.array(v.picklist(OPTIONAL_GROUPS)), v.description('Groups of documents that are not to be sent')),
      [],
    ),
    dry_run: v.exactOptional(
      v.pipe(v.boolean(), v.description('Only counts what would be sent; sends nothing')),
      false,
    ),
  }),
  v.check(
    ({ document_ids: ids, filter }) => (ids === undefined) !== (filter === undefined),
    'Name either `document_ids` or `filter`.',
  ),
)
export type NewBulkSend = v.InferOutput<typeof NewBulkSend>

export const BulkResultQuery = v.strictObject(PAGE)

const GROUP_TEXTS = {
  resend: 'sent before',
  paid: 'paid already',
  draft: 'drafts, which are finalised',
  other_language: 'their mail is in another language than the customer’s',
  partly_suppressed: 'some of the contact’s addresses are suppressed',
}

const groupCount = (group: keyof typeof GROUP_TEXTS) =>
  v.pipe(v.number(), v.description(`Documents: ${GROUP_TEXTS[group]}`))

export const BulkSendJson = v.object({
  id: v.string(),
  state: v.pipe(
    v.picklist(BULK_STATES),
    v.description(
      '`collecting`: looks through the documents; `ready`: waits to be confirmed; `queueing`: makes the sends; `queued`: has made them all; `undoing` and `undone`: it was undone',
    ),
  ),
  refusal: v.pipe(
    v.nullable(v.object({ code: v.string(), detail: v.string() })),
    v.description('Why nothing is sent although it was to be: it then stays `ready`'),
  ),
  collected: v.pipe(v.number(), v.description('Documents that were looked at so far')),
  capped: v.pipe(
    v.boolean(),
    v.description(`More than ${MAX_BULK_DOCUMENTS} documents matched; the others are no part`),
  ),
  ready: v.pipe(v.object({ documents: v.number(), addresses: v.number() }), v.description('What is sent, or would be')),
  left_out: v.pipe(
    v.array(v.object({ reason: v.string(), documents: v.number() })),
    v.description('Documents that are not sent, by reason. Each is counted with its first reason in `results`'),
  ),
  groups: v.pipe(
    v.object({
      resend: groupCount('resend'),
      paid: groupCount('paid'),
      draft: groupCount('draft'),
      other_language: groupCount('other_language'),
      partly_suppressed: groupCount('partly_suppressed'),
    }),
    v.description('Documents that can be sent and that `leave_out` can leave out. One can be in several groups'),
  ),
  quota: v.pipe(
    v.nullable(v.object({ limit: v.number(), left: v.number(), resets_at: IsoTime })),
    v.description(
      'Mails that may leave on the day when these would; null once it is confirmed. What is above is withheld',
    ),
  ),
  queued: v.pipe(v.number(), v.description('Documents for which a send was made')),
  withheld: v.pipe(
    v.number(),
    v.description('Documents that changed after the list was made, or were above the quota'),
  ),
  over_quota: v.pipe(v.number(), v.description('Those withheld that were above the quota')),
  deliveries: v.pipe(
    v.object({
      ...{ waiting: v.number(), sent: v.number(), delivered: v.number(), deferred: v.number() },
      ...{ unknown: v.number(), problem: v.number(), cancelled: v.number() },
    }),
    v.description('Mails to customers by state'),
  ),
  created_at: IsoTime,
  confirmed_at: v.nullable(IsoTime),
})

export const BulkResultJson = v.object({
  document_id: v.string(),
  number: v.nullable(v.string()),
  state: v.pipe(
    v.picklist(['ready', 'left_out', 'preparing', ...MAIL_STATES]),
    v.description(
      '`ready`: sent once it is confirmed; `preparing`: its send is about to be made; otherwise the state of its mails',
    ),
  ),
  reason: v.pipe(v.nullable(v.string()), v.description('Why it was left out: a code')),
  detail: v.pipe(v.nullable(v.string()), v.description('The reason in a sentence')),
  deliveries: v.array(SendDeliveryJson),
})
