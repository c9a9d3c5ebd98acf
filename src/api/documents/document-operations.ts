/** Describes the operations on documents. */
import { FILE_TYPES } from '../../domain/file-type'
import { routes } from '../../routes'
import { listOf } from '../fields'
import { operation } from '../operation'
import {
  AttachmentJson,
  AttachmentQuery,
  DocumentChanges,
  DocumentJson,
  DocumentQuery,
  DocumentSummaryJson,
  HistoryEntryJson,
  HistoryQuery,
  NewDocument,
  NewPayment,
} from './document-schemas'

const tag = 'Documents'
const path = routes.apiDocument(':id')
const FINALISING = ['incomplete', 'issue_date_too_early', 'number_taken'] as const

export const listDocuments = operation({
  ...{ id: 'listDocuments', tag, method: 'get', path: routes.documents, scope: 'read' },
  summary: 'List documents, newest first',
  description:
    'Each page looks at a limited number of documents, so it can be short, or empty, and have a `next_cursor` all the same.',
  query: DocumentQuery,
  ...{ status: 200, reply: listOf(DocumentSummaryJson), headers: ['Link'] },
})

export const createDocument = operation({
  ...{ id: 'createDocument', tag, method: 'post', path: routes.documents, scope: 'write' },
  summary: 'Create a document',
  description: [
    'It is a draft, unless `finalize` or `automatic` is true. `automatic` also takes the scope `send`.',
    'A document made elsewhere is a form with two fields: `pdf`, the file (10 MB at most), and `document`, the JSON of its facts (`UploadedDocument`). It is final at once, and its mails attach that very file.',
  ].join('\n\n'),
  body: NewDocument,
  bodyTypes: ['multipart/form-data'],
  ...{ status: 201, reply: DocumentJson, headers: ['Location', 'ETag'] },
  refusals: ['external_id_taken', ...FINALISING, 'nothing_left', 'not_creditable', 'made_elsewhere', 'number_exists'],
  example: {
    body: {
      type: 'invoice',
      contact: {
        ...{ name: 'Librairie Passages', emails: ['compta@passages.example'], external_id: 'customer-7' },
        address: { lines: ['11 rue de Brest'], postcode: '69002', town: 'Lyon', country: 'FR' },
      },
      currency: 'EUR',
      lines: [{ description: 'Binding', quantity: '2', unit_price: '45.00', tax_rate: '20' }],
      ...{ external_id: 'order-1042', metadata: { shop: 'north' } },
    },
  },
})

export const getDocument = operation({
  ...{ id: 'getDocument', tag, method: 'get', path, scope: 'read' },
  summary: 'Get a document',
  description: 'With `If-None-Match` the response is 304 while nothing has changed.',
  ...{ status: 200, reply: DocumentJson, headers: ['ETag'] },
})

export const changeDocument = operation({
  ...{ id: 'changeDocument', tag, method: 'patch', path, scope: 'write' },
  summary: 'Change a draft',
  description:
    'Only the fields that are sent change; a list replaces the whole list. With `If-Match` it is refused if the draft was changed since.',
  body: DocumentChanges,
  ...{ status: 200, reply: DocumentJson, headers: ['ETag'] },
  refusals: ['already_final', 'external_id_taken', 'busy'],
  example: { body: { notes: 'Thank you', metadata: { tier: 'gold' } } },
})

export const deleteDocument = operation({
  ...{ id: 'deleteDocument', tag, method: 'delete', path, scope: 'write' },
  summary: 'Delete a draft',
  ...{ status: 204, headers: ['ETag'], refusals: ['already_final'] },
})

export const finalizeDocument = operation({
  ...{ id: 'finalizeDocument', tag, method: 'post', path: routes.apiFinalization(':id'), scope: 'write' },
  summary: 'Finalize a draft',
  description: 'It gets its number, and never changes again. The errors of a refusal name all that is missing.',
  ...{ status: 200, reply: DocumentJson, headers: ['ETag'], refusals: [...FINALISING, 'busy'] },
})

export const createPayment = operation({
  ...{ id: 'createPayment', tag, method: 'post', path: routes.apiPayments(':id'), scope: 'write' },
  summary: 'Mark an invoice as paid',
  body: NewPayment,
  ...{ status: 200, reply: DocumentJson, headers: ['ETag'] },
  refusals: ['not_final', 'nothing_due', 'paid_in_future'],
  example: { body: { date: '2026-11-24' } },
})

export const voidDocument = operation({
  ...{ id: 'voidDocument', tag, method: 'post', path: routes.apiVoiding(':id'), scope: 'write' },
  summary: 'Void a final document by a credit note',
  description:
    'Returns the credit note for all that is left to credit, final unless something is missing: then it stays a draft.',
  ...{ status: 201, reply: DocumentJson, headers: ['Location', 'ETag'] },
  refusals: ['nothing_left', 'not_creditable', 'made_elsewhere'],
})

export const createAttachment = operation({
  ...{ id: 'createAttachment', tag, method: 'post', path: routes.apiAttachments(':id'), scope: 'write' },
  summary: 'Attach a file to the mails of a document',
  description:
    'The body is the file, named by the parameter `name`; or a form with the field `file`. All files of a document take 10 MB in a mail.',
  query: AttachmentQuery,
  bodyTypes: [
    'multipart/form-data',
    'application/octet-stream',
    ...Object.values(FILE_TYPES).map((type) => type.contentType),
  ],
  ...{ status: 201, reply: AttachmentJson },
  refusals: ['attachments_full', 'attachments_too_large', 'not_stored'],
})

export const deleteAttachment = operation({
  ...{
    id: 'deleteAttachment',
    tag,
    method: 'delete',
    path: routes.apiAttachment(':id', ':attachmentId'),
    scope: 'write',
  },
  summary: 'Remove a file from a document',
  ...{ status: 204 },
})

export const getDocumentPdf = operation({
  ...{ id: 'getDocumentPdf', tag, method: 'get', path: routes.apiPdf(':id'), scope: 'read' },
  summary: 'Get the PDF of a document',
  description: 'That of a final document never changes; a draft is marked as one.',
  ...{ status: 200, replyType: 'application/pdf' },
})

export const listDocumentHistory = operation({
  ...{ id: 'listDocumentHistory', tag, method: 'get', path: routes.apiHistory(':id'), scope: 'read' },
  summary: 'List what happened to a document and its mails, newest first',
  query: HistoryQuery,
  ...{ status: 200, reply: listOf(HistoryEntryJson), headers: ['Link'] },
})
