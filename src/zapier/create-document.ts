/** Defines the action that creates an invoice or a receipt. */
import type { InferInput } from 'valibot'
import { defineCreate, defineInputFields } from 'zapier-platform-core'
import type { NewDocument } from '../api/documents/document-schemas'
import { createOnce } from './create-once'
import { filled } from './filled'
import { documentSample } from './samples'

const inputFields = defineInputFields([
  {
    key: 'type',
    label: 'Type',
    type: 'string',
    required: true,
    default: 'invoice',
    choices: [
      { value: 'invoice', sample: 'invoice', label: 'Invoice' },
      { value: 'receipt', sample: 'receipt', label: 'Receipt' },
    ],
  },
  { key: 'contact_id', label: 'Contact', type: 'string', required: true, dynamic: 'contacts.id.name' },
  {
    key: 'lines',
    label: 'Lines',
    children: [
      { key: 'description', label: 'Description', type: 'string', required: true },
      { key: 'quantity', label: 'Quantity', type: 'string', helpText: 'Without one: 1.' },
      { key: 'unit_price', label: 'Unit Price', type: 'string', required: true, helpText: 'Such as 45.00.' },
      {
        key: 'tax_rate',
        label: 'Tax Rate',
        type: 'string',
        helpText: 'Percent. Without one: the account’s usual rate.',
      },
    ],
  },
  { key: 'prices_include_tax', label: 'Prices Include Tax', type: 'boolean' },
  { key: 'currency', label: 'Currency', type: 'string', helpText: 'Such as EUR. Without one: that of the contact.' },
  { key: 'language', label: 'Language', type: 'string', helpText: 'Such as fr. Without one: that of the contact.' },
  { key: 'issue_date', label: 'Issue Date', type: 'string', helpText: 'Such as 2026-11-24.' },
  { key: 'due_date', label: 'Due Date', type: 'string', helpText: 'Such as 2026-12-24. Of invoices only.' },
  { key: 'order_number', label: 'Order Number', type: 'string' },
  { key: 'notes', label: 'Notes', type: 'text' },
  {
    key: 'finalize',
    label: 'Finalise',
    type: 'boolean',
    default: 'false',
    helpText: 'It gets its number, and never changes again. If something is missing, nothing is created.',
  },
  {
    key: 'external_id',
    label: 'External ID',
    type: 'string',
    helpText:
      'What your shop knows the order by. If a document of this type and contact has it already, that document is returned.',
  },
])

type DocumentReply = typeof documentSample

export const createDocument = defineCreate({
  key: 'create_document',
  noun: 'Document',
  display: { label: 'Create Document', description: 'Creates an invoice or a receipt, as a draft or final.' },
  operation: {
    inputFields,
    perform: (z, bundle) => {
      const { type, contact_id, lines = [], ...fields } = bundle.inputData
      const body: InferInput<typeof NewDocument> = {
        ...filled(fields),
        type: type === 'receipt' ? 'receipt' : 'invoice',
        contact_id,
        lines: lines.map((line) => ({ ...filled(line), description: line.description, unit_price: line.unit_price })),
      }
      const isSame = (found: DocumentReply) => found.type === body.type && found.contact_id === contact_id
      return createOnce(z, bundle, { path: '/documents', body, list: '/documents', isSame })
    },
    sample: documentSample,
  },
})
