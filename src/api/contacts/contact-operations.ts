/** Describes the operations on contacts. */
import { routes } from '../../routes'
import { listOf } from '../fields'
import { operation } from '../operation'
import { ContactChanges, ContactJson, ContactQuery, NewContact, NewMerge } from './contact-schemas'

const tag = 'Contacts'
const path = routes.apiContact(':id')

export const listContacts = operation({
  ...{ id: 'listContacts', tag, method: 'get', path: routes.contacts, scope: 'read' },
  summary: 'List contacts, newest first',
  query: ContactQuery,
  ...{ status: 200, reply: listOf(ContactJson), headers: ['Link'] },
})

export const createContact = operation({
  ...{ id: 'createContact', tag, method: 'post', path: routes.contacts, scope: 'write' },
  summary: 'Create a contact',
  body: NewContact,
  ...{ status: 201, reply: ContactJson, headers: ['Location'], refusals: ['external_id_taken'] },
  example: {
    body: {
      ...{ name: 'Librairie Passages', kind: 'company', emails: ['compta@passages.example'] },
      address: { lines: ['11 rue de Brest'], postcode: '69002', town: 'Lyon', country: 'FR' },
      ...{ language: 'fr', external_id: 'customer-7', metadata: { shop: 'north' } },
    },
  },
})

export const getContact = operation({
  ...{ id: 'getContact', tag, method: 'get', path, scope: 'read' },
  summary: 'Get a contact',
  ...{ status: 200, reply: ContactJson },
})

export const changeContact = operation({
  ...{ id: 'changeContact', tag, method: 'patch', path, scope: 'write' },
  summary: 'Change a contact',
  description: 'Only the fields that are sent change. A null empties a field, and takes a pair of metadata away.',
  body: ContactChanges,
  ...{ status: 200, reply: ContactJson, refusals: ['external_id_taken', 'busy'] },
  example: { body: { notes: 'Pays late', metadata: { tier: 'gold' } } },
})

export const deleteContact = operation({
  ...{ id: 'deleteContact', tag, method: 'delete', path, scope: 'write' },
  summary: 'Delete a contact without documents',
  ...{ status: 204, refusals: ['contact_has_documents'] },
})

export const mergeContact = operation({
  ...{ id: 'mergeContact', tag, method: 'post', path: routes.apiContactMerges(':id'), scope: 'write' },
  summary: 'Merge another contact into this one',
  description:
    'What this contact lacks comes from the other one, whose documents follow. The other one then points here.',
  body: NewMerge,
  ...{ status: 200, reply: ContactJson, refusals: ['merge_same', 'merge_gone', 'merge_emails', 'contact_moving'] },
  example: { body: { source_id: 'con_01jz5m8q6w3v9k2c4d7e8f9g0h' } },
})
