/** Schemas of the bodies and queries of documents. */
import * as v from 'valibot'
import { MAIL_STATES } from '../../domain/delivery'
import { DOCUMENT_KINDS, PAYMENT_METHODS } from '../../domain/document'
import { MAX_ADJUSTMENTS, MAX_LINES } from '../../domain/document-content'
import { DOCUMENT_STATES } from '../../domain/document-state'
import { TAX_CATEGORIES } from '../../domain/tax-category'
import { REASON_CATEGORIES, REASON_IDS } from '../../domain/tax-reasons'
import { UNIT_CODES } from '../../domain/units'
import { NewContact } from '../contacts/contact-schemas'
import { clearable, IsoTime, MetadataChanges, MetadataJson, PAGE } from '../fields'

const decimal = v.pipe(
  v.string(),
  v.maxLength(30),
  v.regex(/^-?\d+(\.\d+)?$/, 'number_invalid'),
  v.description('A decimal: `1200.5`'),
)
const day = v.pipe(v.string(), v.isoDate('date_invalid'), v.description('An ISO day: `2026-11-24`'))
const clearableDay = v.pipe(
  v.nullable(day),
  v.transform((text) => text ?? ''),
)

const TAX = {
  tax_rate: v.exactOptional(
    v.pipe(
      decimal,
      v.description('Percent. Without one: the account’s usual rate, or 0 in a category that has no tax'),
    ),
  ),
  tax_category: v.exactOptional(
    v.pipe(
      v.picklist(TAX_CATEGORIES),
      v.description('UNCL 5305, as EN 16931 has it. Without one: `S` if there is a rate'),
    ),
  ),
}

export const NewLine = v.strictObject({
  description: v.string(),
  quantity: v.exactOptional(decimal, '1'),
  unit: v.exactOptional(
    v.pipe(v.picklist(UNIT_CODES), v.description('UN/ECE Recommendation 20; `C62` is a piece')),
    'C62',
  ),
  unit_price: v.pipe(decimal, v.description('In the document’s currency; with tax if `prices_include_tax`')),
  ...TAX,
  discount: v.exactOptional(
    v.strictObject({
      type: v.picklist(['percent', 'amount']),
      value: v.pipe(decimal, v.description('Percent of the line, or an amount off the line')),
    }),
  ),
})
export type NewLine = v.InferOutput<typeof NewLine>

export const NewAdjustment = v.strictObject({
  type: v.pipe(v.picklist(['charge', 'allowance']), v.description('On the whole document; an allowance is a discount')),
  reason: v.string(),
  amount: v.exactOptional(decimal),
  percent: v.exactOptional(v.pipe(decimal, v.description('In place of `amount`: percent of the lines with this tax'))),
  ...TAX,
})
export type NewAdjustment = v.InferOutput<typeof NewAdjustment>

const TaxReasonFields = v.strictObject({
  category: v.picklist(REASON_CATEGORIES),
  reason: v.exactOptional(v.pipe(v.picklist(REASON_IDS), v.description('Without one: the usual one of the category'))),
  text: v.exactOptional(v.pipe(v.string(), v.description('Without one: the usual text of the reason'))),
})

const CONTENT = {
  language: v.exactOptional(v.pipe(clearable, v.description('BCP 47. Without one: the contact’s, else the account’s'))),
  issue_date: v.exactOptional(v.pipe(clearableDay, v.description('Without one: the day on which it is finalised'))),
  due_date: v.exactOptional(v.pipe(clearableDay, v.description('Of invoices. Without one: by the terms of payment'))),
  payment_terms_days: v.exactOptional(v.number()),
  supply_from: v.exactOptional(v.pipe(clearableDay, v.description('Day of supply, or the first of a period'))),
  supply_to: v.exactOptional(v.pipe(clearableDay, v.description('Last day of a period of supply'))),
  buyer_reference: v.exactOptional(clearable),
  order_number: v.exactOptional(clearable),
  notes: v.exactOptional(clearable),
  prices_include_tax: v.exactOptional(v.boolean()),
  lines: v.exactOptional(v.pipe(v.array(NewLine), v.maxLength(MAX_LINES, 'too_many_lines'))),
  adjustments: v.exactOptional(v.pipe(v.array(NewAdjustment), v.maxLength(MAX_ADJUSTMENTS, 'too_many_lines'))),
  tax_reasons: v.exactOptional(v.pipe(v.array(TaxReasonFields), v.description('Why there is no tax, by category'))),
  paid_on: v.exactOptional(v.pipe(clearableDay, v.description('Of receipts. Without one: the issue date'))),
  payment_method: v.exactOptional(v.pipe(v.nullable(v.picklist(PAYMENT_METHODS)), v.description('Of receipts'))),
  external_id: v.exactOptional(clearable),
  metadata: v.exactOptional(MetadataChanges),
}

const currency = v.pipe(v.string(), v.description('ISO 4217. Without one: the contact’s, else the account’s'))

export const NewDocument = v.strictObject({
  type: v.picklist(DOCUMENT_KINDS),
  contact_id: v.exactOptional(v.string()),
  contact: v.exactOptional(
    v.pipe(NewContact, v.description('In place of `contact_id`: a new contact, or the one that has its `external_id`')),
  ),
  credits: v.exactOptional(
    v.pipe(
      v.string(),
      v.description(
        'Of a credit note, which has the contact and currency of the document with this id. Without `lines` it credits all that is left',
      ),
    ),
  ),
  currency: v.exactOptional(currency),
  ...CONTENT,
  finalize: v.exactOptional(
    v.pipe(v.boolean(), v.description('Finalises it at once. If something is missing, nothing is created')),
    false,
  ),
  automatic: v.exactOptional(
    v.pipe(
      v.boolean(),
      v.description('Finalises it at once, and mails it to the contact if the account sends automatically'),
    ),
    false,
  ),
})
export type NewDocument = v.InferOutput<typeof NewDocument>

export const DocumentChanges = v.strictObject({
  contact_id: v.exactOptional(v.nullable(v.string())),
  currency: v.exactOptional(currency),
  ...CONTENT,
})
export type DocumentChanges = v.InferOutput<typeof DocumentChanges>

/** The facts of a document made elsewhere: what mails, lists and History need. */
export const UploadedDocument = v.strictObject({
  type: v.picklist(DOCUMENT_KINDS),
  number: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100), v.description('As the PDF has it')),
  contact_id: NewDocument.entries.contact_id,
  contact: NewDocument.entries.contact,
  currency: v.exactOptional(currency),
  language: CONTENT.language,
  issue_date: day,
  due_date: v.exactOptional(v.pipe(day, v.description('Required of invoices'))),
  paid_on: CONTENT.paid_on,
  payment_method: CONTENT.payment_method,
  buyer_reference: CONTENT.buyer_reference,
  order_number: CONTENT.order_number,
  total: v.pipe(decimal, v.description('With tax')),
  tax: v.exactOptional(v.pipe(decimal, v.description('The tax in it')), '0'),
  external_id: CONTENT.external_id,
  metadata: CONTENT.metadata,
})
export type UploadedDocument = v.InferOutput<typeof UploadedDocument>

const queryTime = v.optional(v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601, in UTC')))

export const DocumentQuery = v.strictObject({
  ...PAGE,
  type: v.optional(v.picklist(DOCUMENT_KINDS)),
  state: v.optional(v.picklist(DOCUMENT_STATES)),
  delivery_state: v.optional(
    v.pipe(v.picklist([...MAIL_STATES, 'kept_back']), v.description('`kept_back`: automatic, and not mailed')),
  ),
  contact_id: v.optional(v.string()),
  number: v.optional(v.string()),
  external_id: v.optional(v.string()),
  issued_from: v.optional(day),
  issued_to: v.optional(day),
  created_from: queryTime,
  created_to: queryTime,
})

export const HistoryQuery = v.strictObject(PAGE)

export const NewPayment = v.strictObject({
  date: v.exactOptional(v.pipe(day, v.description('Without one: today'))),
  amount: v.exactOptional(
    v.pipe(decimal, v.description('If it is named: all that is due, since parts are not recorded')),
  ),
})

export const AttachmentQuery = v.strictObject({
  name: v.optional(v.pipe(v.string(), v.maxLength(200), v.description('File name of a body that is the file itself'))),
  public: v.optional(
    v.pipe(v.picklist(['true', 'false']), v.description('Whether customers can download it')),
    'false',
  ),
})

const amount = v.pipe(v.string(), v.description('A decimal in the document’s currency'))

export const DocumentSummaryJson = v.object({
  id: v.string(),
  type: v.picklist(DOCUMENT_KINDS),
  state: v.pipe(
    v.picklist(DOCUMENT_STATES),
    v.description('`issued`: a final credit note. What was credited in part has `credited` beside its state'),
  ),
  number: v.nullable(v.string()),
  contact_id: v.nullable(v.string()),
  contact_name: v.string(),
  currency: v.pipe(v.string(), v.description('ISO 4217')),
  issue_date: v.nullable(v.string()),
  due_date: v.nullable(v.string()),
  total: amount,
  credited: v.pipe(v.string(), v.description('What credit notes took back')),
  amount_due: amount,
  paid_on: v.nullable(v.string()),
  credits: v.pipe(v.nullable(v.string()), v.description('The document that a credit note credits')),
  delivery_state: v.pipe(
    v.picklist(MAIL_STATES),
    v.description('State of the mails of its latest send: the worst that one of them has'),
  ),
  not_sent_reason: v.pipe(v.nullable(v.string()), v.description('Why an automatic document was not mailed')),
  external_id: v.nullable(v.string()),
  metadata: MetadataJson,
  created_at: IsoTime,
  updated_at: IsoTime,
  finalized_at: v.nullable(IsoTime),
})

export const AttachmentJson = v.object({
  id: v.string(),
  name: v.string(),
  type: v.string(),
  bytes: v.number(),
  public: v.pipe(v.boolean(), v.description('Whether customers can download it')),
})

const TAX_JSON = { tax_rate: v.string(), tax_category: v.picklist(TAX_CATEGORIES) }

export const DocumentJson = v.object({
  ...DocumentSummaryJson.entries,
  made_elsewhere: v.pipe(v.boolean(), v.description('Its PDF was uploaded, and it has no lines')),
  language: v.pipe(v.string(), v.description('BCP 47; empty on a draft that takes the contact’s or the account’s')),
  payment_terms_days: v.number(),
  supply_from: v.nullable(v.string()),
  supply_to: v.nullable(v.string()),
  ...{ buyer_reference: v.string(), order_number: v.string(), notes: v.string() },
  prices_include_tax: v.boolean(),
  lines: v.array(
    v.object({
      ...{ description: v.string(), quantity: v.string(), unit: v.string(), unit_price: v.string(), ...TAX_JSON },
      discount: v.nullable(v.object({ type: v.picklist(['percent', 'amount']), value: v.string() })),
      amount: v.pipe(v.string(), v.description('After discount; with tax if `prices_include_tax`')),
    }),
  ),
  adjustments: v.array(
    v.object({
      type: v.picklist(['charge', 'allowance']),
      ...{ reason: v.string(), amount: v.string(), percent: v.nullable(v.string()), ...TAX_JSON },
    }),
  ),
  tax_reasons: v.array(v.object({ category: v.picklist(REASON_CATEGORIES), reason: v.string(), text: v.string() })),
  payment_method: v.nullable(v.picklist(PAYMENT_METHODS)),
  net: amount,
  tax: amount,
  taxes: v.array(v.object({ ...TAX_JSON, base: v.string(), tax: v.string() })),
  attachments: v.array(AttachmentJson),
})

export const HistoryEntryJson = v.object({
  id: v.string(),
  type: v.pipe(
    v.string(),
    v.description('`created`, `finalized`, `queued`, `sent`, `delivered`, `bounced`, `paid`, …'),
  ),
  at: IsoTime,
  actor: v.pipe(
    v.nullable(v.object({ id: v.string(), name: v.nullable(v.string()) })),
    v.description('A person or an API key; null for Facteur, a provider or the customer'),
  ),
  send_id: v.nullable(v.string()),
  delivery_id: v.nullable(v.string()),
  address: v.pipe(v.nullable(v.string()), v.description('Of the delivery')),
  data: v.pipe(v.record(v.string(), v.union([v.string(), v.number()])), v.description('Details by type')),
})
