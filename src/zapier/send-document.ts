/** Defines the action that sends a document by mail. */
import type { InferInput } from 'valibot'
import { defineCreate, defineInputFields } from 'zapier-platform-core'
import type { NewSend } from '../api/sends/send-schemas'
import { createOnce } from './create-once'
import { filled } from './filled'
import { sendSample } from './samples'

const inputFields = defineInputFields([
  { key: 'document_id', label: 'Document', type: 'string', required: true, dynamic: 'documents.id.name' },
  {
    key: 'to',
    label: 'Recipients',
    type: 'string',
    list: true,
    helpText: 'Each address gets a mail of its own. Without any: the addresses of the contact.',
  },
  { key: 'language', label: 'Language', type: 'string', helpText: 'Such as fr. Without one: that of the contact.' },
  { key: 'subject', label: 'Subject', type: 'string', helpText: 'Without one: that of your translation.' },
  { key: 'body', label: 'Message', type: 'text', helpText: 'Markdown. Without one: that of your translation.' },
  { key: 'attach_pdf', label: 'Attach the PDF', type: 'boolean', helpText: 'Without a choice: by your settings.' },
  {
    key: 'external_id',
    label: 'External ID',
    type: 'string',
    helpText: 'The same document is sent once under the same id. Another document needs another id.',
  },
])

type SendReply = typeof sendSample

export const sendDocument = defineCreate({
  key: 'send_document',
  noun: 'Send',
  display: { label: 'Send Document', description: 'Sends a document by mail; a draft is finalised first.' },
  operation: {
    inputFields,
    perform: (z, bundle) => {
      const { document_id, ...fields } = bundle.inputData
      const body: InferInput<typeof NewSend> = filled(fields)
      const path = `/documents/${encodeURIComponent(document_id)}/sends`
      const isSame = (found: SendReply) => found.document_id === document_id
      return createOnce(z, bundle, { path, body, list: '/sends', isSame })
    },
    sample: sendSample,
  },
})
