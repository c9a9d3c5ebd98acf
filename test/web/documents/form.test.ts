import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { findContact } from '../../../src/db/contacts'
import { findDocument } from '../../../src/db/documents'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { documentIn, type FormFields, formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row } from '../../support/database'
import { testDeps } from '../../support/deps'
import { secondAccount, switchTo } from '../../support/second-account'

const deps = testDeps()
let merchant: Merchant
let contactId: string

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp()
  contactId = await makeContact(merchant, 'Bäckerei Krüger')
})

const makeContact = ({ accountId }: Merchant, name: string) =>
  createContact(deps, { accountId, id: deps.newId('con'), contact: contactOf({ name }) })
const found = (id: string) => findDocument(deps.db, merchant.accountId, id)

const line = (index: number, fields: FormFields): FormFields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`lines.${index}.${name}`, value]))
const consulting = { description: 'Consulting', quantity: '2.5', unit: 'HUR', unitPrice: '1,200.50', tax: 'S:20' }

/** Opens the form of a new invoice and sends it with these fields. */
const create = async (fields: FormFields, query = '') =>
  merchant.fillIn(`${routes.newDocument}${query}`, fields, routes.documents)
const createFor = async (fields: FormFields = line(0, consulting)) =>
  documentIn(await create(fields, `?contact=${contactId}`))
/** Presses a button of the form in `page`. */
const press = async (page: Response, act: string, fields: FormFields = {}) => {
  const typed = { ...(await formFields(page, routes.documents)), ...fields }
  return merchant.post(routes.documentForm, { ...typed, act })
}

it.each([{ act: 'line:add' }, { act: 'line:add', currency: 'ZZZ' }, {}])(
  'shows the form again, whatever little of it was sent: %j',
  async (fields) => {
    const response = await merchant.post(routes.documentForm, fields)
    expect(response.status).toBe(200)
    expect(await formFields(response, routes.documents)).toHaveProperty('currency')
  },
)

it('shows no more lines than a document may have and one, however many are sent', async () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => [`lines.${index}.id`, ''] as [string, string])
  const response = await merchant.post(routes.documentForm, [...ids, ['currency', 'EUR']])
  expect(response.status).toBe(200)
  const names = Object.keys(await formFields(response, routes.documents))
  expect(names.filter((name) => /^lines\.\d+\.description$/.test(name))).toHaveLength(501)
})

describe('a new invoice', () => {
  it('is saved as a draft of the typed values, for the contact that it was opened for', async () => {
    const created = await create({ ...line(0, consulting), orderNumber: 'PO 7' }, `?contact=${contactId}`)
    const shown = await textOf(await merchant.follow(created))
    expect(shown).toContain('The draft was saved.')
    expect(await found(documentIn(created))).toMatchObject({
      status: 'draft',
      kind: 'invoice',
      contactId,
      contactName: 'Bäckerei Krüger',
      total: 360150,
      content: { orderNumber: 'PO 7', lines: [{ quantity: '2.5', unitPrice: '1200.5', unit: 'HUR', taxRate: '20' }] },
      createdBy: merchant.userId,
    })
  })

  it.each(['doc_zz1', `doc_7${'z'.repeat(25)}`, 'snd_x', ''])(
    'gets a new id where its form contains %j',
    async (id) => {
      const created = await create({ ...line(0, consulting), id }, `?contact=${contactId}`)
      expect(documentIn(created)).toMatch(/^doc_[0-7][0-9a-z]{25}$/)
      expect(documentIn(created)).not.toBe(id)
    },
  )

  it('is created once if the form is posted twice', async () => {
    const fields = { ...(await formFields(await merchant.get(routes.newDocument), routes.documents)), notes: 'once' }
    const [first, second] = [
      await merchant.post(routes.documents, fields),
      await merchant.post(routes.documents, fields),
    ]
    expect(documentIn(first)).toBe(documentIn(second))
    const { results } = await env.DB.prepare(`SELECT id FROM documents WHERE content LIKE '%once%'`).all()
    expect(results).toHaveLength(1)
  })

  it('names every invalid field and line, and keeps the typed values', async () => {
    const response = await create({
      ...line(0, { ...consulting, quantity: 'two' }),
      ...line(1, { ...consulting, unitPrice: '' }),
      issueDate: '2026-11-24',
      dueDate: '2026-11-01',
    })
    expect(response.status).toBe(422)
    const text = await textOf(response.clone())
    expect(text).toContain('Line 1 · Quantity: This is not a number.')
    expect(text).toContain('Line 2 · Unit price: Enter a price, or 0 if it is free.')
    expect(text).toContain('Due date: The due date is before the issue date.')
    expect(await formFields(response, routes.documents)).toMatchObject({
      'lines.0.quantity': 'two',
      'lines.1.description': 'Consulting',
      dueDate: '2026-11-01',
    })
  })

  it('reads numbers in the language of the page', async () => {
    const german = await signUp({ language: 'de' })
    const created = await german.fillIn(
      routes.newDocument,
      line(0, { ...consulting, quantity: '1,5', unitPrice: '1.200,50' }),
      routes.documents,
    )
    expect(await findDocument(deps.db, german.accountId, documentIn(created))).toMatchObject({ total: 216090 })
  })

  it('may create its customer', async () => {
    const page = await press(await merchant.get(routes.newDocument), 'contact:new', { contactSearch: 'Café Élan' })
    expect((await formFields(page.clone(), routes.documents))['contact.name']).toBe('Café Élan')
    const fields = { ...(await formFields(page, routes.documents)), ...line(0, consulting) }
    const wrong = await merchant.post(routes.documents, { ...fields, 'contact.emails': 'nobody' })
    expect(wrong.status).toBe(422)
    expect(await textOf(wrong)).toContain('it has no @')
    const made = { ...fields, 'contact.emails': 'hello@elan.example' }
    const created = await merchant.post(routes.documents, made)
    await merchant.post(routes.documents, made)
    const document = await found(documentIn(created))
    expect(document).toMatchObject({ contactName: 'Café Élan', total: 360150 })
    expect(await findContact(deps.db, merchant.accountId, document?.contactId ?? '')).toMatchObject({
      emails: ['hello@elan.example'],
    })
    const { results } = await env.DB.prepare(`SELECT id FROM contacts WHERE name = 'Café Élan'`).all()
    expect(results).toHaveLength(1)
  })

  it('is not saved while a person searches for a customer', async () => {
    const response = await create({ contactSearch: 'bäck' })
    expect(response.status).toBe(422)
    expect(await textOf(response)).toMatch(/Choose a contact from the list.*Bäckerei Krüger/)
  })
})

describe('a rarely used field', () => {
  it('is added by a button', async () => {
    const page = await merchant.get(routes.newDocument)
    const fields = await formFields(page.clone(), routes.documents)
    expect(Object.keys(fields).filter((name) => /discount|adjustment|taxReason/.test(name))).toEqual([])
    const discounted = await formFields(await press(page.clone(), 'discount:show'), routes.documents)
    expect(discounted).toMatchObject({ discounts: 'on', 'lines.0.discount': '' })
    const adjusted = await press(page, 'adjustment:add', { 'lines.0.tax': 'S:20' })
    const shown = await formFields(adjusted.clone(), routes.documents)
    expect(shown).toMatchObject({ 'adjustments.0.type': 'allowance', 'adjustments.0.tax': 'S:20' })
    const removed = await formFields(await press(adjusted, 'adjustment:remove:0'), routes.documents)
    expect(removed).not.toHaveProperty('adjustments.0.type')
  })

  it('is saved, printed, and back in the form', async () => {
    const id = await createFor({
      ...line(0, { ...consulting, quantity: '1', unitPrice: '100', discount: '10%' }),
      ...line(1, { ...consulting, quantity: '1', unitPrice: '50', discount: '5' }),
      ...{ 'adjustments.0.type': 'allowance', 'adjustments.0.reason': 'Loyalty', 'adjustments.0.amount': '15' },
      ...{ 'adjustments.0.tax': 'S:20', 'adjustments.1.type': 'charge', 'adjustments.1.amount': '7.50' },
      ...{ 'adjustments.1.tax': 'S:20' },
    })
    // 90 + 45 − 15 + 7.50 = 127.50, and 20 % of it.
    expect(await found(id)).toMatchObject({ total: 15300 })
    const text = await textOf(await merchant.get(routes.document(id)))
    for (const part of ['Remise 10 %', 'Loyalty', '-15,00', 'Supplément', '127,50']) expect(text).toContain(part)
    const fields = await formFields(await merchant.get(routes.documentEdit(id)), routes.document(id))
    expect(fields).toMatchObject({
      ...{ 'lines.0.discount': '10%', 'lines.1.discount': '5.00' },
      ...{ 'adjustments.0.reason': 'Loyalty', 'adjustments.0.amount': '15.00', 'adjustments.1.type': 'charge' },
    })
    const before = await found(id)
    await merchant.post(routes.document(id), fields)
    expect(await found(id)).toMatchObject({ content: before?.content ?? {} })
  })

  it('may be a percentage of the whole', async () => {
    const id = await createFor({
      ...line(0, { ...consulting, quantity: '3', unitPrice: '100' }),
      ...{ 'adjustments.0.type': 'allowance', 'adjustments.0.amount': '12.5%', 'adjustments.0.tax': 'S:20' },
    })
    // 300 − 37.50, and 20 % of it.
    expect(await found(id)).toMatchObject({ total: 31500 })
    const text = await textOf(await merchant.get(routes.document(id)))
    for (const part of ['12,5 % de 300,00', '-37,50']) expect(text).toContain(part)
    const fields = await formFields(await merchant.get(routes.documentEdit(id)), routes.document(id))
    expect(fields).toMatchObject({ 'adjustments.0.amount': '12.5%' })
    await merchant.post(routes.document(id), { ...fields, 'lines.0.quantity': '4' })
    expect(await found(id)).toMatchObject({ total: 42000 })
  })

  it('is named with its number when it is wrong', async () => {
    const wrong = await create({
      ...line(0, consulting),
      'adjustments.0.type': 'charge',
      'adjustments.0.amount': 'five',
    })
    expect(wrong.status).toBe(422)
    expect(await textOf(wrong)).toContain('Discount or surcharge 1 · Amount: This is not a number.')
  })
})

describe('a line without tax', () => {
  const reverse = line(0, { ...consulting, tax: 'AE:0' })

  it('has a reason in the document’s language, whose text can be changed', async () => {
    const page = await press(await merchant.get(`${routes.newDocument}?contact=${contactId}`), 'line:add', reverse)
    const fields = await formFields(page, routes.documents)
    expect(fields['taxReasons.AE.text']).toContain('Autoliquidation')
    const german = await merchant.post(routes.documentForm, { ...fields, language: 'de', act: 'line:add' })
    expect((await formFields(german, routes.documents))['taxReasons.AE.text']).toContain('Steuerschuldnerschaft')
    const own = documentIn(
      await merchant.post(routes.documents, { ...fields, 'taxReasons.AE.text': 'Nous avons nos mots.' }),
    )
    expect(await textOf(await merchant.get(routes.document(own)))).toContain('Nous avons nos mots.')
    const usual = documentIn(await merchant.post(routes.documents, { ...fields, id: deps.newId('doc') }))
    expect((await found(usual))?.content).not.toHaveProperty('taxReasons')
  })

  it('uses the merchant’s custom label, until the text is changed', async () => {
    const label = { 'tax_reason.reverse_charge': 'TVA due par le preneur, dit la maison.' }
    await merchant.fillIn(routes.labels('fr'), label)
    const page = await press(await merchant.get(`${routes.newDocument}?contact=${contactId}`), 'line:add', reverse)
    const fields = await formFields(page, routes.documents)
    expect(fields['taxReasons.AE.text']).toBe(label['tax_reason.reverse_charge'])
    const id = documentIn(await merchant.post(routes.documents, fields))
    expect((await found(id))?.content).not.toHaveProperty('taxReasons')
    expect(await textOf(await merchant.get(routes.document(id)))).toContain('dit la maison')
    await merchant.fillIn(routes.labels('fr'), { 'tax_reason.reverse_charge': '' })
    expect(await textOf(await merchant.get(routes.document(id)))).toContain('Autoliquidation')
  })

  it('has its reason frozen with the code of EN 16931', async () => {
    const contact = contactOf({ name: 'Bäckerei', vatId: 'DE136695976', language: 'en' })
    const its = await createContact(deps, { accountId: merchant.accountId, id: deps.newId('con'), contact })
    const id = documentIn(await create(reverse, `?contact=${its}`))
    await finaliseDocument(deps, { accountId: merchant.accountId, documentId: id, version: 1, actor: 'usr_1' })
    expect((await found(id))?.snapshot?.taxReasons).toEqual([
      { category: 'AE', code: 'VATEX-EU-AE', text: 'Reverse charge: the recipient accounts for the VAT.' },
    ])
  })

  it('offers the reasons of an exemption, and uses the chosen one', async () => {
    const page = await press(await merchant.get(routes.newDocument), 'line:add', line(0, { ...consulting, tax: 'E:0' }))
    const fields = await formFields(page, routes.documents)
    expect(fields['taxReasons.E.reason']).toBe('exempt')
    const small = { ...fields, 'taxReasons.E.reason': 'small_business' }
    const response = await merchant.post(routes.documentForm, small, {
      ...{ 'hx-request': 'true', 'hx-target': 'div#tax-reasons' },
    })
    expect(await textOf(response)).toContain('TVA non applicable, art. 293 B du CGI.')
    const id = documentIn(await merchant.post(routes.documents, small))
    expect(await found(id)).toMatchObject({
      content: { taxReasons: [{ category: 'E', reason: 'small_business', text: '' }] },
    })
  })

  it('can’t be combined with taxed lines if it is outside the scope of tax', async () => {
    const lines = { ...line(0, { ...consulting, tax: 'O:0' }), ...line(1, consulting) }
    const text = await textOf(await merchant.get(routes.document(await createFor(lines))))
    expect(text).toContain('only lines outside the scope of tax or none')
  })
})

describe('buttons of the form', () => {
  const three = { ...line(0, { ...consulting, description: 'A' }), ...line(1, { ...consulting, description: 'B' }) }
  const descriptions = async (page: Response) =>
    Object.entries(await formFields(page, routes.documents))
      .filter(([name]) => name.endsWith('.description'))
      .map(([, value]) => value)

  it('add, move and remove lines and lose nothing', async () => {
    const added = await press(await merchant.get(routes.newDocument), 'line:add', { ...three, notes: 'kept' })
    expect(await formFields(added.clone(), routes.documents)).toMatchObject({ notes: 'kept', 'lines.2.quantity': '1' })
    expect(await descriptions(added.clone())).toEqual(['A', 'B', ''])
    const moved = await press(added, 'line:down:0')
    expect(await descriptions(moved.clone())).toEqual(['B', 'A', ''])
    expect(await descriptions(await press(moved.clone(), 'line:up:0'))).toEqual(['B', 'A', ''])
    expect(await descriptions(await press(moved, 'line:remove:1'))).toEqual(['B', ''])
  })

  it('find and choose a customer', async () => {
    const searched = await press(await merchant.get(routes.newDocument), 'contact:find', { contactSearch: 'krü' })
    expect(await textOf(searched.clone())).toContain('No contact begins with “krü”')
    const chosen = await press(searched, `contact:choose:${contactId}`, { contactSearch: 'bäck' })
    expect(await formFields(chosen.clone(), routes.documents)).toMatchObject({ contactId })
    expect(await formFields(await press(chosen, 'contact:change'), routes.documents)).not.toHaveProperty('contactId')
  })

  it('show the totals while a person types', async () => {
    const typed = {
      ...(await formFields(await merchant.get(routes.newDocument), routes.documents)),
      ...line(0, consulting),
    }
    const headers = { 'hx-request': 'true', 'hx-target': 'output#totals' }
    const response = await (await merchant.post(routes.documentForm, typed, headers)).text()
    expect(response).toContain('€3,601.50')
    expect(response).toContain(`id="amount-${typed['lines.0.id']}" hx-swap-oob="true"`)
    expect(response).not.toContain('<form')
    const wrong = await merchant.post(routes.documentForm, { ...typed, 'lines.0.quantity': 'two' }, headers)
    expect(await wrong.text()).toContain('€0.00')
  })
})

describe('a draft', () => {
  it('is shown again as it was typed, and saved', async () => {
    const id = await createFor()
    const edit = routes.documentEdit(id)
    expect(await formFields(await merchant.get(edit), routes.document(id))).toMatchObject({
      contactId,
      version: '1',
      'lines.0.quantity': '2.5',
      'lines.0.unitPrice': '1200.50',
    })
    const saved = await merchant.fillIn(edit, { 'lines.0.quantity': '1', pricesIncludeTax: 'on' }, routes.document(id))
    expect(saved.headers.get('location')).toBe(routes.document(id))
    expect(await found(id)).toMatchObject({ version: 2, total: 120050, content: { pricesIncludeTax: true } })
  })

  it('shows both versions if two people saved it, and loses neither', async () => {
    const id = await createFor()
    const mine = await formFields(await merchant.get(routes.documentEdit(id)), routes.document(id))
    await merchant.fillIn(routes.documentEdit(id), { notes: 'Theirs', 'lines.0.unitPrice': '7' }, routes.document(id))
    const conflict = await merchant.post(routes.document(id), { ...mine, notes: 'Mine' })
    expect(conflict.status).toBe(409)
    const text = await textOf(conflict.clone())
    expect(text).toMatch(/Notes\s+Mine\s+Theirs/)
    expect(text).toContain('Line 1')
    expect(await found(id)).toMatchObject({ version: 2, content: { notes: 'Theirs' } })
    const again = await formFields(conflict, routes.document(id))
    expect(again).toMatchObject({ version: '2', notes: 'Mine' })
    await merchant.post(routes.document(id), again)
    expect(await found(id)).toMatchObject({ version: 3, content: { notes: 'Mine' } })
  })

  it('can be neither opened nor saved once it is final', async () => {
    const id = await createFor()
    const fields = await formFields(await merchant.get(routes.documentEdit(id)), routes.document(id))
    const { accountId, userId: actor } = merchant
    expect(await finaliseDocument(deps, { accountId, documentId: id, version: 1, actor })).toMatchObject({ ok: true })
    expect((await merchant.get(routes.documentEdit(id))).headers.get('location')).toBe(routes.document(id))
    const response = await merchant.follow(await merchant.post(routes.document(id), { ...fields, notes: 'late' }))
    expect(await textOf(response)).toContain('It was finalised in the meantime')
    expect(await found(id)).toMatchObject({ version: 2, content: { notes: '' } })
  })
})

describe('another account', () => {
  it('is not found in paths, fields or queries', async () => {
    const id = await createFor()
    const stranger = await signUp()
    const responses = [
      await stranger.get(routes.documentEdit(id)),
      await stranger.post(routes.document(id), { version: '1', ...line(0, consulting) }),
      await stranger.get(`${routes.newDocument}?contact=${contactId}`),
      await stranger.post(routes.documents, { contactId, currency: 'EUR', ...line(0, consulting) }),
      await stranger.post(routes.documentForm, { act: `contact:choose:${contactId}` }),
    ]
    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect(await found(id)).toMatchObject({ version: 1 })
  })

  it('keeps the form of a credit note until the person is back in its account', async () => {
    const original = await createFor()
    const { accountId, userId: actor } = merchant
    await finaliseDocument(deps, { accountId, documentId: original, version: 1, actor })
    const typed = {
      ...(await formFields(await merchant.get(routes.newCreditNote(original)), routes.documents)),
      notes: 'Returned on Monday',
    }
    const first = merchant.accountId
    await switchTo(merchant, await secondAccount(merchant))
    const refused = await merchant.post(routes.documents, typed)
    expect(refused.status).toBe(409)
    expect(await textOf(refused.clone())).toContain('Switch back to “Atelier Dupré”, then save again')
    const again = await formFields(refused, routes.documents)
    expect(again).toMatchObject({ notes: 'Returned on Monday', refersTo: original })
    expect((await merchant.post(routes.documentForm, { ...again, act: 'line:add' })).status).toBe(200)
    expect((await merchant.post(routes.documents, { ...again, account: '' })).status).toBe(404)
    await switchTo(merchant, first)
    expect((await merchant.post(routes.documents, again)).status).toBe(303)
    expect(await row("SELECT account_id, refers_to FROM documents WHERE kind = 'credit_note'")).toEqual({
      account_id: first,
      refers_to: original,
    })
  })

  it('refuses viewers', async () => {
    const id = await createFor()
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer' })
    const responses = [
      await viewer.get(routes.newDocument),
      await viewer.get(routes.documentEdit(id)),
      await viewer.post(routes.documents, {}),
      await viewer.post(routes.document(id), {}),
      await viewer.post(routes.documentForm, {}),
    ]
    expect(responses.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
  })
})
