/** Defines the action that creates a contact. */
import type { InferInput } from 'valibot'
import { defineCreate, defineInputFields } from 'zapier-platform-core'
import type { NewContact } from '../api/contacts/contact-schemas'
import { createOnce } from './create-once'
import { filled } from './filled'
import { contactSample } from './samples'

const inputFields = defineInputFields([
  { key: 'name', label: 'Name', type: 'string', required: true },
  {
    key: 'kind',
    label: 'Kind',
    type: 'string',
    choices: [
      { value: 'company', sample: 'company', label: 'Company' },
      { value: 'person', sample: 'person', label: 'Person' },
    ],
  },
  { key: 'emails', label: 'E-mail Addresses', type: 'string', list: true, helpText: 'At most three.' },
  { key: 'lines', label: 'Lines of the Address', type: 'string', list: true, helpText: 'Street and number.' },
  { key: 'postcode', label: 'Postcode', type: 'string' },
  { key: 'town', label: 'Town', type: 'string' },
  { key: 'region', label: 'Region', type: 'string' },
  { key: 'country', label: 'Country', type: 'string', helpText: 'Two letters, such as FR.' },
  { key: 'vat_id', label: 'VAT Number', type: 'string' },
  { key: 'language', label: 'Language', type: 'string', helpText: 'Such as fr. Without one: that of the account.' },
  { key: 'currency', label: 'Currency', type: 'string', helpText: 'Such as EUR. Without one: that of the account.' },
  { key: 'notes', label: 'Notes', type: 'text' },
  {
    key: 'external_id',
    label: 'External ID',
    type: 'string',
    helpText: 'What your shop knows the customer by. If a contact has it already, that contact is returned.',
  },
])

export const createContact = defineCreate({
  key: 'create_contact',
  noun: 'Contact',
  display: { label: 'Create Contact', description: 'Creates a contact, to whom documents can be sent.' },
  operation: {
    inputFields,
    perform: (z, bundle) => {
      const { kind, lines, postcode, town, region, country, ...fields } = bundle.inputData
      const body: InferInput<typeof NewContact> = {
        ...filled(fields),
        name: fields.name,
        ...(kind && { kind: kind === 'person' ? 'person' : 'company' }),
        address: filled({ lines, postcode, town, region, country }),
      }
      const creation = { path: '/contacts', body, list: '/contacts', isSame: () => true }
      return createOnce<typeof contactSample>(z, bundle, creation)
    },
    sample: contactSample,
  },
})
