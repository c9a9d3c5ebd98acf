/** Shows people what triggers and actions return, before they have run. Types keep them in step with the API. */
import type { InferInput } from 'valibot'
import type { ContactJson } from '../api/contacts/contact-schemas'
import type { DocumentJson } from '../api/documents/document-schemas'
import type { EventJson } from '../api/events/event-operations'
import type { SendJson } from '../api/sends/send-schemas'

const CONTACT_ID = 'con_01jz5m8q6w3v9k2c4d7e8f9g0h'
const DOCUMENT_ID = 'doc_01jz5m9r7x4w0m3d5e8f9g0h1j'
const SEND_ID = 'snd_01jz5mas8y5x1n4e6f9g0h1j2k'
const DELIVERY_ID = 'dlv_01jz5mas8y5x1n4e6f9g0h1j2m'
const AT = '2026-11-24T09:30:00.000Z'

type Event = InferInput<typeof EventJson>

const document = {
  ...{ id: DOCUMENT_ID, type: 'invoice', number: 'F-2026-0042', contact_id: CONTACT_ID },
  ...{ currency: 'EUR', total: '108.00', external_id: 'order-1042', metadata: {} },
}

export const finalizedSample: Event = {
  ...{ id: 'evt_01jz5mbt9z6y2p5f7g0h1j2k3m', type: 'document.finalized', timestamp: AT, mode: 'live' },
  data: { document },
}

export const deliveredSample: Event = {
  ...{ id: 'evt_01jz5mcv0a7z3q6g8h1j2k3m4n', type: 'delivery.delivered', timestamp: AT, mode: 'live' },
  data: {
    document,
    send: { id: SEND_ID },
    delivery: {
      ...{ id: DELIVERY_ID, address: 'compta@passages.example', state: 'delivered', reason: null },
      server_text: '250 2.0.0 OK',
    },
  },
}

export const failedSample: Event = {
  ...{ id: 'evt_01jz5mdw1b8a4r7h9j2k3m4n5p', type: 'delivery.bounced', timestamp: AT, mode: 'live' },
  data: {
    document,
    send: { id: SEND_ID },
    delivery: {
      ...{ id: DELIVERY_ID, address: 'compta@passages.example', state: 'bounced', reason: 'address_unknown' },
      server_text: '550 5.1.1 User unknown',
    },
  },
}

export const contactSample: InferInput<typeof ContactJson> = {
  ...{ id: CONTACT_ID, kind: 'company', name: 'Librairie Passages', emails: ['compta@passages.example'] },
  address: { lines: ['11 rue de Brest'], postcode: '69002', town: 'Lyon', region: '', country: 'FR' },
  ...{ vat_id: '', language: 'fr', currency: '', notes: '', external_id: 'customer-7', source: 'api', metadata: {} },
  ...{ archived: false, merged_into: null, created_at: AT, updated_at: AT },
}

export const documentSample: InferInput<typeof DocumentJson> = {
  ...{ id: DOCUMENT_ID, type: 'invoice', state: 'draft', number: null },
  ...{ contact_id: CONTACT_ID, contact_name: 'Librairie Passages', currency: 'EUR', language: 'fr' },
  ...{ issue_date: null, due_date: null, paid_on: null, payment_terms_days: 30, payment_method: null },
  ...{ net: '90.00', tax: '18.00', total: '108.00', credited: '0.00', amount_due: '108.00', credits: null },
  ...{ delivery_state: 'not_sent', not_sent_reason: null, made_elsewhere: false, prices_include_tax: false },
  ...{ supply_from: null, supply_to: null, buyer_reference: '', order_number: '', notes: '' },
  lines: [
    {
      ...{ description: 'Binding', quantity: '2', unit: 'C62', unit_price: '45.00', discount: null },
      ...{ tax_rate: '20', tax_category: 'S', amount: '90.00' },
    },
  ],
  ...{ adjustments: [], tax_reasons: [], attachments: [] },
  taxes: [{ tax_rate: '20', tax_category: 'S', base: '90.00', tax: '18.00' }],
  ...{ external_id: 'order-1042', metadata: {}, created_at: AT, updated_at: AT, finalized_at: null },
}

export const sendSample: InferInput<typeof SendJson> = {
  ...{ id: SEND_ID, document_id: DOCUMENT_ID, origin: 'api', state: 'on_its_way' },
  ...{ undo_until: AT, send_at: null, language: 'fr', attach_pdf: true },
  deliveries: [
    {
      ...{ id: DELIVERY_ID, address: 'compta@passages.example', state: 'queued', reason: null, detail: null },
      ...{ server_response: null, sent_at: null, delivered_at: null, ended_at: null },
    },
  ],
  ...{ external_id: 'mail-1042', metadata: {}, created_at: AT },
}
