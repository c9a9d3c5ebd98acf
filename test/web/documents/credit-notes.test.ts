import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { findDocument } from '../../../src/db/documents'
import type { DocumentContent } from '../../../src/domain/document'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { documentIn, formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf, lineOf } from '../../support/documents'

const deps = testDeps()
const year = new Date().getFullYear()
let merchant: Merchant

beforeAll(freshStorage)

const found = (id: string) => findDocument(deps.db, merchant.accountId, id)

/** Issues an invoice of a new merchant, by default of 120.00, and returns its id. */
async function issued(content: Partial<DocumentContent> = {}): Promise<string> {
  merchant = await signUp()
  const { accountId, userId: actor } = merchant
  const contact = contactOf({ name: 'Bäckerei Krüger', language: 'en' })
  const contactId = await createContact(deps, { accountId, id: deps.newId('con'), contact })
  const documentId = deps.newId('doc')
  await createDraft(deps, { accountId, documentId, contactId, content: contentOf(content), kind: 'invoice', actor })
  await finaliseDocument(deps, { accountId, documentId, version: 1, actor })
  return documentId
}
const credit = (id: string, fields = {}) => merchant.fillIn(routes.newCreditNote(id), fields, routes.documents)
const finalise = (id: string) => merchant.fillIn(routes.document(id), {}, routes.documentFinalisation(id))
const voiding = (id: string) => merchant.fillIn(routes.document(id), {}, routes.documentCreditNotes(id))

describe('a new credit note', () => {
  it('begins with the lines of its document, for its customer and in its currency', async () => {
    const id = await issued({ lines: [lineOf({ discount: { type: 'percent', value: '10' } })], orderNumber: 'PO 7' })
    const page = await merchant.get(routes.newCreditNote(id))
    const fields = await formFields(page.clone(), routes.documents)
    expect(fields).toMatchObject({
      ...{ kind: 'credit_note', refersTo: id, 'lines.0.description': 'Consulting', 'lines.0.discount': '10%' },
      ...{ orderNumber: 'PO 7', currency: 'EUR' },
    })
    expect(fields).not.toHaveProperty('dueDate')
    const text = await textOf(page)
    expect(text).toContain(`For invoice ${year}-0001 of`)
    expect(text).toContain('€108.00 can still be credited.')
    expect(text).toContain('Bäckerei Krüger')
    expect(text).not.toContain('Choose another')
  })

  it('is edited like any draft, and warns before it is finalised that it credits too much', async () => {
    const id = await issued()
    const creditId = documentIn(await credit(id, { 'lines.0.unitPrice': '100.01' }))
    const shown = await textOf(await merchant.get(routes.document(creditId)))
    expect(shown).toContain('Draft credit note')
    expect(shown).toContain('a total no higher than what is left to credit')
    expect((await finalise(creditId)).status).toBe(422)
    await merchant.fillIn(routes.documentEdit(creditId), { 'lines.0.unitPrice': '25' }, routes.document(creditId))
    const final = await textOf(await merchant.follow(await finalise(creditId)))
    expect(final).toContain(`Credit note A-${year}-0001`)
    expect(final).toContain('Issued')
    expect(final).not.toContain('Mark as paid')
    expect(await found(id)).toMatchObject({ credited: 3000 })
  })

  it('keeps the credited document and the lines when buttons of the form are pressed', async () => {
    const id = await issued()
    const fields = await formFields(await merchant.get(routes.newCreditNote(id)), routes.documents)
    const added = await merchant.post(routes.documentForm, { ...fields, act: 'line:add' })
    expect(await formFields(added, routes.documents)).toMatchObject({ refersTo: id, 'lines.0.unitPrice': '100.00' })
  })

  it('is refused for another account’s document, a draft and a credit note', async () => {
    const id = await issued()
    const creditId = documentIn(await credit(id))
    await finalise(creditId)
    for (const which of [creditId, 'doc_none']) {
      expect((await merchant.get(routes.newCreditNote(which))).status).toBe(404)
      expect((await merchant.post(routes.documentCreditNotes(which))).status).toBe(404)
      expect((await merchant.post(routes.documents, { kind: 'credit_note', refersTo: which })).status).toBe(404)
      expect((await merchant.post(routes.documentForm, { kind: 'credit_note', refersTo: which })).status).toBe(404)
    }
    const stranger = await signUp()
    expect((await stranger.get(routes.newCreditNote(id))).status).toBe(404)
    expect((await stranger.post(routes.documents, { kind: 'credit_note', refersTo: id })).status).toBe(404)
  })
})

describe('a credited document', () => {
  it('links to its credit note and back, and shows its state in the list', async () => {
    const id = await issued()
    const creditId = documentIn(await credit(id, { 'lines.0.unitPrice': '25' }))
    await finalise(creditId)
    const page = await merchant.get(routes.document(id))
    expect(await page.clone().text()).toContain(`<a href="${routes.document(creditId)}">A-${year}-0001</a>`)
    const text = await textOf(page)
    expect(text).toContain('Partly credited')
    expect(text).toContain('€30.00 credited, €90.00 left.')
    expect(text).toContain(`Camille Martin credited €30.00 by A-${year}-0001`)
    const creditPage = await (await merchant.get(routes.document(creditId))).text()
    expect(creditPage).toContain(`<a href="${routes.document(id)}">For invoice ${year}-0001 of`)
    expect(creditPage).toContain(`<a href="${routes.document(id)}">${year}-0001</a>`)
    const list = async (query: string) => textOf(await merchant.get(`${routes.documents}${query}`))
    expect(await list('?state=partly_credited')).toContain(`${year}-0001`)
    expect(await list('?state=open')).toContain('Partly credited')
    expect(await list('?state=credited')).toContain('No document matches.')
    expect(await list('?kind=credit_note&state=issued')).toMatch(/A-\d+-0001 Credit note .*-€30\.00/)
  })

  it('can be credited in full by one click, and then the credit note can be sent', async () => {
    const id = await issued()
    const page = await merchant.follow(await voiding(id))
    const text = await textOf(page)
    expect(text).toContain('This credit note covers everything that was left. Send it')
    expect(text).toContain(`Credit note A-${year}-0001`)
    const invoice = await textOf(await merchant.get(routes.document(id)))
    expect(invoice).toContain('Credited')
    expect(invoice).not.toContain('Mark as paid')
    expect(invoice).not.toContain('Void with a credit note')
    expect(await textOf(await merchant.get(`${routes.documents}?state=open`))).toContain('No document matches.')
    expect(await textOf(await merchant.get(`${routes.documents}?state=credited`))).toContain(`${year}-0001`)
    const again = await merchant.follow(await merchant.post(routes.documentCreditNotes(id)))
    expect(await textOf(again)).toContain('Nothing remains to be credited')
  })

  it('has a credit note whose mail names it as such, with the credited document', async () => {
    const id = await issued()
    const creditId = documentIn(await voiding(id))
    const html = await (await merchant.get(routes.sendPreview(creditId))).text()
    expect(html).toContain('Amount credited')
    expect(html).toMatch(new RegExp(`For invoice.*${year}-0001 \\(\\w+ \\d+, ${year}\\)`, 's'))
    expect(html).not.toContain('PaymentDue')
  })

  it('can’t be credited by people who may not write', async () => {
    const id = await issued()
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer' })
    expect(await textOf(await viewer.get(routes.document(id)))).not.toContain('Void with a credit note')
    expect((await viewer.get(routes.newCreditNote(id))).status).toBe(403)
  })
})
