/** Lists contacts and documents for the menus of actions. Zapier calls such lists hidden triggers. */
import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core'
import { call } from './call'

/** The newest ones; an older one is chosen by its id. */
const NEWEST = { limit: '100' }

export const contactChoices = defineTrigger({
  key: 'contacts',
  noun: 'Contact',
  display: { label: 'List of Contacts', description: 'Fills the menu of contacts.', hidden: true },
  operation: {
    type: 'polling',
    perform: async (z: ZObject, bundle: Bundle) => {
      const { data } = await call<{ data: { id: string; name: string }[] }>(z, bundle, '/contacts', { query: NEWEST })
      return data.map(({ id, name }) => ({ id, name }))
    },
    sample: { id: 'con_01jz5m8q6w3v9k2c4d7e8f9g0h', name: 'Librairie Passages' },
  },
})

interface Listed {
  id: string
  number: string | null
  contact_name: string
  total: string
  currency: string
}

export const documentChoices = defineTrigger({
  key: 'documents',
  noun: 'Document',
  display: { label: 'List of Documents', description: 'Fills the menu of documents.', hidden: true },
  operation: {
    type: 'polling',
    perform: async (z: ZObject, bundle: Bundle) => {
      const { data } = await call<{ data: Listed[] }>(z, bundle, '/documents', { query: NEWEST })
      return data.map(({ id, number, contact_name: contact, total, currency }) => ({
        id,
        name: `${number ?? 'Draft'} · ${contact} · ${total} ${currency}`,
      }))
    },
    sample: { id: 'doc_01jz5m9r7x4w0m3d5e8f9g0h1j', name: 'F-2026-0042 · Librairie Passages · 108.00 EUR' },
  },
})
