import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../src/commands/contacts/create-contact'
import { routes } from '../../src/routes'
import { contactOf } from '../support/accounts'
import { type Api, apiFor } from '../support/api'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { FILES } from '../support/files'

beforeAll(freshStorage)

const LINES = [
  { description: 'Binding', quantity: '2', unit_price: '45.00', tax_rate: '20' },
  {
    description: 'Paper',
    unit: 'KGM',
    quantity: '1.5',
    unit_price: '10',
    tax_rate: '5.5',
    discount: { type: 'percent', value: '10' },
  },
]
const CONTACT = {
  ...{ name: 'Librairie Passages', emails: ['delivered@simulator.test'] },
  address: { lines: ['11 rue de Brest'], postcode: '69002', town: 'Lyon', country: 'FR' },
}
const INVOICE = { type: 'invoice', contact: CONTACT, currency: 'EUR', lines: LINES }

let merchant: Merchant
let api: Api
let testApi: Api
let other: Api

beforeAll(async () => {
  merchant = await signUp()
  api = await apiFor(merchant)
  testApi = await apiFor(merchant, { test: true })
  other = await apiFor(await signUp())
})

const create = async (body: object = INVOICE, client: Api = api) => {
  const answer = await client('/documents', { json: body })
  expect(answer.status, answer.text).toBe(201)
  return answer.json
}

const issue = async (body: object = {}, client: Api = api) => create({ ...INVOICE, finalize: true, ...body }, client)

const pointersOf = (answer: { json: { errors: { pointer: string }[] } }) =>
  answer.json.errors.map(({ pointer }) => pointer).sort()

const count = async () => (await rows('SELECT 1 FROM documents WHERE account_id = ?', merchant.accountId)).length
const countContacts = async () => (await rows('SELECT 1 FROM contacts WHERE account_id = ?', merchant.accountId)).length

describe('a draft', () => {
  it('is created with computed totals, read, changed and deleted', async () => {
    const answer = await api('/documents', {
      json: {
        ...INVOICE,
        issue_date: '2026-11-20',
        due_date: '2026-12-20',
        external_id: 'order-1',
        metadata: { shop: 'north' },
      },
    })
    expect(answer.status, answer.text).toBe(201)
    const { id } = answer.json
    expect(answer.headers.get('location')).toBe(`/api/v1/documents/${id}`)
    expect(answer.json).toMatchObject({
      ...{
        type: 'invoice',
        state: 'draft',
        number: null,
        contact_name: 'Librairie Passages',
        delivery_state: 'not_sent',
      },
      ...{ net: '103.50', tax: '18.74', total: '122.24', amount_due: '0.00' },
      taxes: [
        { tax_rate: '20', tax_category: 'S', base: '90.00', tax: '18.00' },
        { tax_rate: '5.5', tax_category: 'S', base: '13.50', tax: '0.74' },
      ],
      ...{ external_id: 'order-1', metadata: { shop: 'north' }, issue_date: '2026-11-20', due_date: '2026-12-20' },
    })
    expect(answer.json.lines[1]).toMatchObject({ amount: '13.50', discount: { type: 'percent', value: '10' } })

    const changes = { notes: 'Merci', due_date: null, lines: [LINES[0]], metadata: { shop: null, tier: 'gold' } }
    const changed = await api(`/documents/${id}`, { method: 'PATCH', json: changes })
    expect(changed.json).toMatchObject({
      ...{ notes: 'Merci', due_date: null, total: '108.00', metadata: { tier: 'gold' }, external_id: 'order-1' },
    })
    expect((await api(`/documents/${id}`)).json).toEqual(changed.json)

    expect((await api(`/documents/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await api(`/documents/${id}`)).status).toBe(404)
  })

  it('takes the usual tax of the account, and charges on the whole document', async () => {
    const draft = await create({
      type: 'receipt',
      lines: [{ description: 'Coffee', unit_price: '12' }],
      adjustments: [{ type: 'allowance', reason: 'Friend', percent: '50', tax_rate: '20' }],
      ...{ prices_include_tax: true, payment_method: 'card' },
    })
    expect(draft).toMatchObject({ total: '6.00', tax: '1.00', contact_id: null, payment_method: 'card' })
    expect(draft.adjustments).toMatchObject([{ amount: '6', percent: '50' }])
  })

  it('names everything that is wrong at once, and stores nothing', async () => {
    const before = await count()
    const contacts = await countContacts()
    const answer = await api('/documents', {
      json: {
        ...INVOICE,
        ...{ currency: 'EURO', issue_date: '2026-11-20', due_date: '2026-11-19' },
        lines: [{ ...LINES[0], unit_price: '-1', tax_rate: '120' }],
        adjustments: [{ type: 'charge', reason: 'Post', tax_rate: '20' }],
      },
    })
    expect(answer.status).toBe(422)
    expect(pointersOf(answer)).toEqual([
      '/adjustments/0/amount',
      '/currency',
      '/lines/0/tax_rate',
      '/lines/0/unit_price',
    ])
    const unknown = await api('/documents', { json: { type: 'bill', contact: { nmae: '' }, lines: [{ price: 1 }] } })
    expect(pointersOf(unknown)).toEqual(
      expect.arrayContaining(['/type', '/contact/nmae', '/lines/0/price', '/lines/0/description']),
    )
    expect([await count(), await countContacts()]).toEqual([before, contacts])
  })

  it('uses the contact that has the external id of an inline one', async () => {
    const contact = { ...CONTACT, external_id: 'customer-9' }
    const first = await create({ ...INVOICE, contact })
    const second = await create({ ...INVOICE, contact: { ...contact, name: 'Another name' } })
    expect([second.contact_id, second.contact_name]).toEqual([first.contact_id, 'Librairie Passages'])
  })

  it('has an external id that no other has, in its mode', async () => {
    await create({ ...INVOICE, external_id: 'order-7' })
    const contacts = await countContacts()
    const twin = await api('/documents', { json: { ...INVOICE, external_id: 'order-7', finalize: true } })
    expect([twin.status, twin.json.code]).toEqual([409, 'external_id_taken'])
    expect(await countContacts()).toBe(contacts)
    const { id } = await create()
    const steal = await api(`/documents/${id}`, { method: 'PATCH', json: { external_id: 'order-7' } })
    expect([steal.status, steal.json.code]).toEqual([409, 'external_id_taken'])
    await create({ ...INVOICE, external_id: 'order-7' }, testApi)
  })

  it('is made once, however often its request comes', async () => {
    const contacts = await countContacts()
    const call = {
      json: { ...INVOICE, external_id: 'order-8', finalize: true },
      headers: { 'idempotency-key': 'order-8' },
    }
    const first = await api('/documents', call)
    expect(first.status, first.text).toBe(201)
    expect((await api('/documents', call)).json).toEqual(first.json)
    // As if the first attempt had died before it was answered.
    await rows("UPDATE idempotency_keys SET status = NULL, leased_until = 0 WHERE key = 'order-8' RETURNING key")
    const again = await api('/documents', call)
    expect([again.status, again.json.id, again.json.number]).toEqual([201, first.json.id, first.json.number])
    expect(await countContacts()).toBe(contacts + 1)
  })

  it('is changed and deleted only as it was read', async () => {
    const { id } = await create()
    const read = await api(`/documents/${id}`)
    const tag = read.headers.get('etag') ?? ''
    const same = await api(`/documents/${id}`, { headers: { 'if-none-match': tag } })
    expect([same.status, same.text]).toEqual([304, ''])
    await api(`/documents/${id}`, { method: 'PATCH', json: { notes: 'new' }, headers: { 'if-match': tag } })
    const headers = { 'if-match': tag }
    for (const late of [
      await api(`/documents/${id}`, { method: 'PATCH', json: { notes: 'late' }, headers }),
      await api(`/documents/${id}`, { method: 'DELETE', headers }),
      await api(`/documents/${id}/finalization`, { method: 'POST', headers }),
    ])
      expect([late.status, late.json.code]).toEqual([412, 'precondition_failed'])
    const now = await api(`/documents/${id}`, { headers: { 'if-none-match': tag } })
    expect([now.status, now.json.notes, now.json.state]).toEqual([200, 'new', 'draft'])
  })
})

describe('finalising', () => {
  it('numbers a draft, which never changes again', async () => {
    const { id } = await create()
    const final = await api(`/documents/${id}/finalization`, { method: 'POST' })
    expect(final.status, final.text).toBe(200)
    expect(final.json).toMatchObject({ state: 'open', number: expect.stringMatching(/\d/), amount_due: '122.24' })
    const again = await api(`/documents/${id}/finalization`, { method: 'POST' })
    expect([again.status, again.json.number]).toEqual([200, final.json.number])
    const change = await api(`/documents/${id}`, { method: 'PATCH', json: { notes: 'x' } })
    const deletion = await api(`/documents/${id}`, { method: 'DELETE' })
    expect([change.json.code, deletion.json.code]).toEqual(['already_final', 'already_final'])
  })

  it('names all that is missing, and keeps nothing that was made for it', async () => {
    const before = [await count(), await countContacts()]
    const body = {
      type: 'invoice',
      contact: { name: 'Firm', kind: 'company' },
      lines: [{ ...LINES[0], description: '' }],
    }
    for (const how of [{ finalize: true }, { automatic: true }]) {
      const answer = await api('/documents', { json: { ...body, ...how } })
      expect([answer.status, answer.json.code]).toEqual([409, 'incomplete'])
      expect(answer.json.errors).toMatchObject([
        { pointer: '/contact_id', code: 'contact_address' },
        { pointer: '/lines', code: 'line_descriptions' },
      ])
    }
    expect([await count(), await countContacts()]).toEqual(before)
    const { id } = await create({ type: 'invoice' })
    const refused = await api(`/documents/${id}/finalization`, { method: 'POST' })
    expect(refused.json.errors.map(({ code }: { code: string }) => code)).toEqual(['contact', 'lines'])
  })

  it('of an automatic document mails it, if the key may send and the account sends automatically', async () => {
    const seller = await signUp()
    const writes = await apiFor(seller, { scopes: ['read', 'write'] })
    const refused = await writes('/documents', { json: { ...INVOICE, automatic: true } })
    expect([refused.status, refused.json.code]).toEqual([403, 'scope_missing'])
    const sends = await apiFor(seller)
    const quiet = await create({ ...INVOICE, automatic: true }, sends)
    expect(quiet).toMatchObject({ state: 'open', delivery_state: 'not_sent' })
    await rows(
      `UPDATE accounts SET settings = json_set(settings, '$.autosend', json('true')) WHERE id = ? RETURNING id`,
      seller.accountId,
    )
    const mailed = await create({ ...INVOICE, automatic: true }, sends)
    expect(mailed).toMatchObject({ state: 'open', delivery_state: 'on_its_way' })
    const history = await sends(`/documents/${mailed.id}/history`)
    expect(history.json.data.map(({ type }: { type: string }) => type).sort()).toEqual([
      'created',
      'finalized',
      'queued',
    ])
    expect(history.json.data[0].actor).toEqual({ id: sends.id, name: 'Online shop' })
    const page = await (await seller.get(routes.document(mailed.id))).text()
    expect(page).toContain('Online shop')
  })
})

describe('a credit note', () => {
  it('credits what it names, then all that is left', async () => {
    const { id } = await issue()
    const part = await issue({
      type: 'credit_note',
      credits: id,
      contact: undefined,
      currency: undefined,
      lines: [LINES[0]],
    })
    expect(part).toMatchObject({ state: 'issued', total: '108.00', credits: id, contact_name: 'Librairie Passages' })
    const rest = await create({ type: 'credit_note', credits: id, finalize: true })
    expect(rest.total).toBe('14.24')
    expect((await api(`/documents/${id}`)).json).toMatchObject({ state: 'credited', credited: '122.24' })
    const more = await api('/documents', { json: { type: 'credit_note', credits: id } })
    expect([more.status, more.json.code]).toEqual([409, 'nothing_left'])
  })

  it('has the contact and currency of what it credits, and refuses others', async () => {
    const { id } = await issue()
    const both = { type: 'credit_note', credits: id, contact: CONTACT, currency: 'EUR' }
    expect(pointersOf(await api('/documents', { json: both }))).toEqual(['/contact', '/currency'])
    expect(pointersOf(await api('/documents', { json: { type: 'credit_note' } }))).toEqual(['/credits'])
    const draft = await create()
    const early = await api('/documents', { json: { type: 'credit_note', credits: draft.id } })
    expect([early.status, early.json.code]).toEqual([409, 'not_creditable'])
  })

  it('voids a document', async () => {
    const { id } = await issue()
    const voided = await api(`/documents/${id}/voiding`, { method: 'POST' })
    expect(voided.status, voided.text).toBe(201)
    expect(voided.json).toMatchObject({ type: 'credit_note', state: 'issued', total: '122.24', credits: id })
    const again = await api(`/documents/${id}/voiding`, { method: 'POST' })
    expect([again.status, again.json.code]).toEqual([409, 'nothing_left'])
  })
})

describe('an issued document', () => {
  it('is paid as a whole', async () => {
    const { id } = await issue()
    const part = await api(`/documents/${id}/payments`, { json: { amount: '20' } })
    expect([part.status, part.json.errors[0].code]).toEqual([422, 'payment_partial'])
    const future = await api(`/documents/${id}/payments`, { json: { date: '2999-01-01' } })
    expect([future.status, future.json.code]).toEqual([409, 'paid_in_future'])
    const paid = await api(`/documents/${id}/payments`, { json: { amount: '122.24' } })
    expect(paid.json).toMatchObject({ state: 'paid', amount_due: '0.00' })
    const draft = await create()
    const early = await api(`/documents/${draft.id}/payments`, { json: {} })
    expect([early.status, early.json.code]).toEqual([409, 'not_final'])
  })

  it('has files, from a form or as they are', async () => {
    const { id } = await issue()
    const headers = { 'content-type': 'application/pdf', 'idempotency-key': 'file-1' }
    const call = { method: 'POST', body: FILES.pdf, headers } as const
    const raw = await api(`/documents/${id}/attachments?name=terms.pdf&public=true`, call)
    expect(raw.status, raw.text).toBe(201)
    expect(raw.json).toMatchObject({ name: 'terms.pdf', type: 'pdf', public: true })
    const form = new FormData()
    form.set('file', new File([FILES.csv], 'hours.csv'))
    const sent = await api(`/documents/${id}/attachments`, { body: form, headers: { 'idempotency-key': 'file-2' } })
    expect(sent.json).toMatchObject({ name: 'hours.csv', type: 'csv', public: false })
    const wrong = await api(`/documents/${id}/attachments?name=a.exe`, {
      method: 'POST',
      body: new Uint8Array([77, 90, 0, 1]),
    })
    expect([wrong.status, wrong.json.errors[0].code]).toEqual([422, 'file_type'])
    expect((await api(`/documents/${id}`)).json.attachments).toEqual([raw.json, sent.json])
    expect((await api(`/documents/${id}/attachments/${raw.json.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await api(`/documents/${id}/attachments/${raw.json.id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await api(`/documents/${id}`)).json.attachments).toEqual([sent.json])
  })

  it('has a PDF, and a History in pages', async () => {
    const { id, number } = await issue()
    await api(`/documents/${id}/payments`, { json: {} })
    const pdf = await api(`/documents/${id}/pdf`)
    expect([pdf.status, pdf.headers.get('content-type'), pdf.text.slice(0, 5)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ])
    const first = await api(`/documents/${id}/history?limit=2`)
    expect(first.json.data).toMatchObject([
      { type: 'paid', actor: { id: api.id, name: 'Online shop' } },
      { type: 'finalized', data: { number } },
    ])
    const next = await api(`/documents/${id}/history?limit=2&cursor=${first.json.next_cursor}`)
    expect(next.json).toMatchObject({ data: [{ type: 'created' }], next_cursor: null })
  })
})

describe('the list', () => {
  it('is filtered by each fact, newest first, in pages', async () => {
    const seller = await signUp()
    const client = await apiFor(seller)
    const contactId = await createContact(testDeps(), {
      ...{ accountId: seller.accountId, id: testDeps().newId('con') },
      contact: contactOf(),
    })
    const draft = await create({ type: 'invoice', contact_id: contactId, external_id: 'a/1' }, client)
    const final = await issue({ issue_date: '2026-11-20' }, client)
    const receipt = await issue({ type: 'receipt', issue_date: '2026-11-22' }, client)
    const ids = async (query: string) => {
      const answer = await client(`/documents?${query}`)
      expect(answer.status, answer.text).toBe(200)
      return answer.json.data.map(({ id }: { id: string }) => id)
    }
    expect(await ids('')).toEqual([receipt.id, final.id, draft.id])
    expect(await ids('type=receipt')).toEqual([receipt.id])
    expect(await ids('state=draft')).toEqual([draft.id])
    expect(await ids('delivery_state=not_sent&type=invoice')).toEqual([final.id, draft.id])
    expect(await ids(`contact_id=${contactId}`)).toEqual([draft.id])
    expect(await ids(`number=${final.number}`)).toEqual([final.id])
    expect(await ids(`external_id=a/1&contact_id=${contactId}`)).toEqual([draft.id])
    expect(await ids('external_id=a/1&state=open')).toEqual([])
    expect(await ids('issued_from=2026-11-21')).toEqual([receipt.id])
    expect(await ids('issued_to=2026-11-21')).toEqual([final.id])
    const now = new Date().toISOString()
    expect(await ids(`created_to=${now}`)).toHaveLength(3)
    expect(await ids(`created_from=${now}`)).toEqual([])
    const page = await client('/documents?limit=2')
    expect(page.headers.get('link')).toContain(`cursor=${page.json.next_cursor}`)
    expect(await ids(`limit=2&cursor=${page.json.next_cursor}`)).toEqual([draft.id])
    const wrong = await client('/documents?state=lost&issued_from=soon&x=1')
    expect(wrong.json.errors.map(({ parameter }: { parameter: string }) => parameter).sort()).toEqual([
      'issued_from',
      'state',
      'x',
    ])
  })
})

describe('documents of others', () => {
  const CALLS = [
    ['GET', ''],
    ['PATCH', '', {}],
    ['DELETE', ''],
    ['POST', '/finalization'],
    ['POST', '/payments', {}],
    ['POST', '/voiding'],
    ['POST', '/attachments'],
    ['DELETE', '/attachments/att_x'],
    ['GET', '/pdf'],
    ['GET', '/history'],
  ] as const

  it('are not found, whether of another account or of the other mode', async () => {
    const draft = await create()
    const before = await row('SELECT * FROM documents WHERE id = ?', draft.id)
    for (const [method, part, json] of CALLS)
      for (const client of [other, testApi]) {
        const answer = await client(`/documents/${draft.id}${part}`, { method, ...(json && { json }) })
        expect([method, part, answer.status]).toEqual([method, part, 404])
      }
    for (const client of [other, testApi]) {
      const made = await client('/documents', { json: { type: 'invoice', contact_id: draft.contact_id } })
      const credit = await client('/documents', { json: { type: 'credit_note', credits: draft.id } })
      expect([made.status, credit.status]).toEqual([404, 404])
      expect((await client('/documents')).json.data.map(({ id }: { id: string }) => id)).not.toContain(draft.id)
    }
    expect(await row('SELECT * FROM documents WHERE id = ?', draft.id)).toEqual(before)
  })

  it('take the scope of what is done', async () => {
    const reads = await apiFor(merchant, { scopes: ['read'] })
    const { id } = await create()
    for (const [method, part, json] of CALLS) {
      const answer = await reads(`/documents/${id}${part}`, { method, ...(json && { json }) })
      expect([method, part, answer.status]).toEqual([method, part, method === 'GET' ? 200 : 403])
    }
  })
})
