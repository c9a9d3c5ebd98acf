import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { findDocument } from '../../../src/db/documents'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { documentIn, formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage } from '../../support/database'
import { testDeps } from '../../support/deps'

const deps = testDeps()
let merchant: Merchant
let contactId: string

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp()
  const contact = contactOf({ name: 'Bäckerei Krüger', language: 'en' })
  contactId = await createContact(deps, { accountId: merchant.accountId, id: deps.newId('con'), contact })
})

const found = (id: string) => findDocument(deps.db, merchant.accountId, id)
const newReceipt = () => `${routes.newDocument}?kind=receipt&contact=${contactId}`
const line = { 'lines.0.description': 'Notebook', 'lines.0.unitPrice': '24', 'lines.0.tax': 'S:20' }

async function draftReceipt(fields = {}) {
  return documentIn(await merchant.fillIn(newReceipt(), { ...line, ...fields }, routes.documents))
}
const finalise = (id: string) => merchant.fillIn(routes.document(id), {}, routes.documentFinalisation(id))

describe('a receipt', () => {
  it('asks when and how it was paid, and for no due date', async () => {
    const page = await merchant.get(newReceipt())
    const fields = await formFields(page.clone(), routes.documents)
    expect(fields).toMatchObject({ kind: 'receipt', paidOn: '', paymentMethod: '' })
    expect(fields).not.toHaveProperty('dueDate')
    expect(await textOf(page)).toContain('New receipt')
    const wrong = await merchant.fillIn(newReceipt(), { ...line, paidOn: '2026-02-30' }, routes.documents)
    expect(wrong.status).toBe(422)
    expect(await textOf(wrong)).toContain('Paid on: ')
  })

  it('is paid when it is issued, with a number of its own series', async () => {
    const year = new Date().getFullYear()
    const paidOn = `${year - 1}-12-31`
    const id = await draftReceipt({ paidOn, paymentMethod: 'card' })
    const shown = await textOf(await merchant.get(routes.document(id)))
    expect(shown).toContain('Draft receipt')
    const page = await textOf(await merchant.follow(await finalise(id)))
    expect(page).toContain(`Receipt R-${year}-0001`)
    expect(page).toContain(`Paid on December 31, ${year - 1}`)
    expect(page).toContain(`Paid on December 31, ${year - 1} (card). No payment is due.`)
    expect(page).not.toContain('Mark as paid')
    expect(page).not.toContain('Mark as unpaid')
    expect(await found(id)).toMatchObject({
      kind: 'receipt',
      dueDate: '',
      paidAt: Date.parse(`${year - 1}-12-30T23:00:00Z`),
      snapshot: { paid: { on: paidOn, method: 'card' } },
    })
    // A form opened before can't undo it, either.
    await merchant.post(routes.documentPaymentReversal(id))
    expect(await found(id)).toMatchObject({ paidAt: Date.parse(`${year - 1}-12-30T23:00:00Z`) })
  })

  it('is not issued for a payment still to come', async () => {
    const id = await draftReceipt({ paidOn: '2999-01-01' })
    const refused = await finalise(id)
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('a payment date that isn’t in the future')
  })

  it('is not issued for a payment of long ago', async () => {
    const refused = await finalise(await draftReceipt({ paidOn: '1990-05-01' }))
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('a payment date in this century')
  })

  it('is copied without its dates', async () => {
    const id = await draftReceipt({ paidOn: '2026-01-15', paymentMethod: 'cash' })
    const copy = documentIn(await merchant.fillIn(routes.document(id), {}, routes.documentCopy(id)))
    expect(await found(copy)).toMatchObject({ kind: 'receipt', content: { paymentMethod: 'cash', issueDate: '' } })
    expect((await found(copy))?.content).not.toHaveProperty('paidOn')
  })

  it('is called a receipt in its mail', async () => {
    const id = await draftReceipt({ paidOn: '2026-01-15', paymentMethod: 'transfer' })
    const preview = await merchant.get(routes.sendPreview(id))
    const html = await preview.text()
    expect(html).toContain('Amount paid')
    expect(html).toContain('bank transfer')
    expect(html).not.toContain('Due date')
  })
})

describe('the tabs of the list', () => {
  const numbers = async (query: string) =>
    [...(await (await merchant.get(`${routes.documents}${query}`)).text()).matchAll(/row-link[^>]*>([^<]+)</g)].map(
      ([, number]) => number,
    )

  it('show one kind each, and all of them', async () => {
    const stranger = merchant
    merchant = await signUp()
    const contact = contactOf({ name: 'Bäckerei Krüger' })
    contactId = await createContact(deps, { accountId: merchant.accountId, id: deps.newId('con'), contact })
    const year = new Date().getFullYear()
    await finalise(await draftReceipt())
    await merchant.fillIn(`${routes.newDocument}?contact=${contactId}`, line, routes.documents)
    expect(await numbers('')).toEqual(['Draft', `R-${year}-0001`])
    expect(await numbers('?kind=receipt')).toEqual([`R-${year}-0001`])
    expect(await numbers('?kind=invoice')).toEqual(['Draft'])
    expect(await numbers('?kind=credit_note')).toEqual([])
    expect(await numbers('?kind=receipt&state=paid')).toEqual([`R-${year}-0001`])
    expect(await numbers('?state=open')).toEqual([])
    expect(await numbers(`?q=r-${year}`)).toEqual([`R-${year}-0001`])
    expect(await textOf(await merchant.get(`${routes.documents}?kind=credit_note`))).toContain('No credit notes yet')
    merchant = stranger
  })
})
