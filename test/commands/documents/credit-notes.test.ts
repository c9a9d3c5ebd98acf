import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { createCreditNote } from '../../../src/commands/documents/create-credit-note'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { duplicateDocument } from '../../../src/commands/documents/duplicate-document'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { markPaid } from '../../../src/commands/documents/mark-paid'
import { saveDraft } from '../../../src/commands/documents/save-draft'
import { voidDocument } from '../../../src/commands/documents/void-document'
import { findDocument } from '../../../src/db/documents'
import { listHistory } from '../../../src/db/history'
import { findSeries } from '../../../src/db/series'
import type { DocumentContent } from '../../../src/domain/document'
import { contactOf, insertAccount } from '../../support/accounts'
import { freshStorage, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf, lineOf } from '../../support/documents'

const now = Date.parse('2026-11-24T10:00:00Z')
const deps = testDeps({ now: () => now })
const actor = 'usr_1'

beforeAll(freshStorage)

/** An account with an issued document of 120.00 (100.00 and 20 %), and ways to credit it. */
async function issued(content: Partial<DocumentContent> = {}, kind: 'invoice' | 'receipt' = 'invoice') {
  const accountId = await insertAccount(deps)
  const contactId = await createContact(deps, { accountId, id: deps.newId('con'), contact: contactOf() })
  const invoiceId = deps.newId('doc')
  await createDraft(deps, { accountId, documentId: invoiceId, contactId, content: contentOf(content), actor, kind })
  const finalise = (documentId: string, version = 1) =>
    finaliseDocument(deps, { accountId, documentId, version, actor })
  expect(await finalise(invoiceId)).toMatchObject({ ok: true })
  const draft = async (net: string, change: Partial<DocumentContent> = {}) => {
    const documentId = deps.newId('doc')
    const lines = [lineOf({ unitPrice: net })]
    const credit = { accountId, refersTo: invoiceId, documentId, content: contentOf({ lines, ...change }), actor }
    expect(await createCreditNote(deps, credit)).toMatchObject({ ok: true })
    return documentId
  }
  const find = (id: string) => findDocument(deps.db, accountId, id)
  const voiding = (creditId = deps.newId('doc')) =>
    voidDocument(deps, { accountId, documentId: invoiceId, creditId, actor })
  return { accountId, contactId, invoiceId, finalise, draft, find, voiding }
}

describe('a credit note', () => {
  it('gets a number of its own series, names its document, and lowers what is left to credit', async () => {
    const { accountId, invoiceId, draft, finalise, find } = await issued()
    const id = await draft('10')
    expect(await finalise(id)).toEqual({ ok: true, value: { number: 'CN-2026-0001' } })
    expect(await find(id)).toMatchObject({
      ...{ kind: 'credit_note', refersTo: invoiceId, total: 1200, dueDate: '', paidAt: null },
      snapshot: { refersTo: { kind: 'invoice', number: 'INV-2026-0001', issueDate: '2026-11-24' }, dueDate: '' },
    })
    expect(await find(invoiceId)).toMatchObject({ credited: 1200, total: 12000 })
    expect(await listHistory(deps.db, accountId, invoiceId)).toMatchObject([
      { type: 'credited', actor, data: { documentId: id, number: 'CN-2026-0001', amount: 1200, currency: 'EUR' } },
    ])
    expect(await listHistory(deps.db, accountId, id)).toMatchObject([
      { type: 'credits', actor, data: { documentId: invoiceId, number: 'INV-2026-0001' } },
    ])
  })

  it('finalised twice credits once', async () => {
    const { accountId, invoiceId, draft, finalise, find } = await issued()
    const id = await draft('10')
    const twice = await Promise.all([finalise(id), finalise(id)])
    expect(twice).toEqual([twice[0], twice[0]])
    expect(await find(invoiceId)).toMatchObject({ credited: 1200 })
    expect(await listHistory(deps.db, accountId, invoiceId)).toHaveLength(1)
  })

  it('never exceeds what is left, even if twenty are finalised at once', async () => {
    const { accountId, invoiceId, draft, finalise, find } = await issued()
    // 12.00 each, so ten credit the whole.
    const ids = await Promise.all(Array.from({ length: 20 }, () => draft('10')))
    const results = await Promise.all(ids.map((id) => finalise(id)))
    expect(results.filter(({ ok }) => ok)).toHaveLength(10)
    for (const result of results.filter(({ ok }) => !ok))
      expect(result).toMatchObject({ reason: 'incomplete', missing: ['credit_exceeds'] })
    expect(await find(invoiceId)).toMatchObject({ credited: 12000 })
    const final = await rows(
      `SELECT number FROM documents WHERE account_id = ? AND kind = 'credit_note' AND status = 'final'`,
      accountId,
    )
    expect(final).toHaveLength(10)
    expect(await findSeries(deps.db, { accountId, name: 'credit_note', period: '2026' })).toMatchObject({ next: 11 })
    expect(await listHistory(deps.db, accountId, invoiceId)).toHaveLength(10)
  })

  it('is refused above what is left, and for zero', async () => {
    const { invoiceId, draft, finalise, find } = await issued()
    expect(await finalise(await draft('100.01'))).toMatchObject({ missing: ['credit_exceeds'] })
    expect(await finalise(await draft('0'))).toMatchObject({ missing: ['credit_amount'] })
    expect(await finalise(await draft('-5'))).toMatchObject({ missing: ['credit_amount'] })
    expect(await find(invoiceId)).toMatchObject({ credited: 0 })
  })

  it('has the customer and currency of its document, whatever a form says', async () => {
    const { accountId, contactId, draft, find } = await issued()
    const documentId = await draft('10', { currency: 'USD' })
    expect(await find(documentId)).toMatchObject({ currency: 'EUR', contactId })
    const other = await createContact(deps, { accountId, id: deps.newId('con'), contact: contactOf({ name: 'Other' }) })
    const content = contentOf({ currency: 'USD', notes: 'Sorry' })
    await saveDraft(deps, { accountId, actor: 'usr_1', documentId, contactId: other, version: 1, content })
    expect(await find(documentId)).toMatchObject({
      currency: 'EUR',
      contactId,
      version: 2,
      content: { notes: 'Sorry' },
    })
  })

  it('is made of issued invoices and receipts of the account, and of nothing else', async () => {
    const { accountId, contactId, invoiceId, draft, finalise } = await issued({}, 'receipt')
    const creditId = await draft('1')
    await finalise(creditId)
    const unissued = deps.newId('doc')
    await createDraft(deps, {
      accountId,
      documentId: unissued,
      contactId,
      content: contentOf(),
      actor,
      kind: 'invoice',
    })
    const stranger = await insertAccount(deps)
    const credit = { documentId: deps.newId('doc'), content: contentOf(), actor }
    for (const [account, refersTo] of [
      [accountId, creditId],
      [accountId, unissued],
      [accountId, 'doc_none'],
      [stranger, invoiceId],
    ] as const)
      expect(await createCreditNote(deps, { ...credit, accountId: account, refersTo })).toMatchObject({
        reason: 'not_found',
      })
  })

  it('is copied as another one for the same document', async () => {
    const { accountId, invoiceId, draft, find } = await issued()
    const documentId = await draft('10')
    const copyId = deps.newId('doc')
    await duplicateDocument(deps, { accountId, documentId, copyId, actor })
    expect(await find(copyId)).toMatchObject({ kind: 'credit_note', refersTo: invoiceId, status: 'draft', total: 1200 })
  })
})

describe('voiding', () => {
  it('credits everything, so that nothing is left to pay', async () => {
    const { accountId, invoiceId, find, voiding } = await issued({
      lines: [lineOf({ unitPrice: '33.335', quantity: '3' })],
    })
    const creditId = deps.newId('doc')
    expect(await voiding(creditId)).toEqual({ ok: true, value: { isFinal: true } })
    const invoice = await find(invoiceId)
    expect(invoice?.credited).toBe(invoice?.total)
    expect((await find(creditId))?.snapshot?.totals).toEqual(invoice?.snapshot?.totals)
    const paid = { accountId, documentId: invoiceId, paidOn: '2026-11-24', actor }
    expect(await markPaid(deps, paid)).toMatchObject({ reason: 'nothing_due' })
    expect(await voiding()).toMatchObject({ reason: 'nothing_left' })
  })

  it('requested twice by one form, or by two at once, credits once', async () => {
    const { accountId, invoiceId, find, voiding } = await issued()
    const creditId = deps.newId('doc')
    const asked = await Promise.all([voiding(creditId), voiding(creditId), voiding(), voiding()])
    expect(asked.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(1)
    expect(await find(invoiceId)).toMatchObject({ credited: 12000 })
    expect(await rows(`SELECT status FROM documents WHERE account_id = ? AND kind = 'credit_note'`, accountId)).toEqual(
      [{ status: 'final' }],
    )
  })

  it('credits the rest after a partial credit, by category and rate', async () => {
    const lines = [lineOf(), lineOf({ id: 'lin_2', unitPrice: '33.33', taxRate: '5.5' })]
    const { draft, finalise, find, invoiceId, voiding } = await issued({ lines })
    await finalise(await draft('33.33'))
    const creditId = deps.newId('doc')
    expect(await voiding(creditId)).toMatchObject({ value: { isFinal: true } })
    const invoice = await find(invoiceId)
    expect(invoice?.credited).toBe(invoice?.total)
    expect((await find(creditId))?.content.lines).toMatchObject([
      { description: 'Solde de INV-2026-0001 (20\u00a0%)', unitPrice: '80', taxRate: '20' },
      { description: 'Solde de INV-2026-0001 (5,5\u00a0%)', unitPrice: '35.16', taxRate: '5.5' },
    ])
  })

  it('leaves a draft when data of the seller is missing, and voids nothing', async () => {
    const { accountId, find, invoiceId, voiding } = await issued()
    await deps.db.$client
      .prepare(`UPDATE accounts SET company = json_set(company, '$.legalName', '') WHERE id = ?`)
      .bind(accountId)
      .run()
    const creditId = deps.newId('doc')
    expect(await voiding(creditId)).toEqual({ ok: true, value: { isFinal: false } })
    expect(await find(creditId)).toMatchObject({ status: 'draft' })
    expect(await find(invoiceId)).toMatchObject({ credited: 0 })
  })

  it('does not find documents of another account, and refuses a document’s id for the credit note', async () => {
    const { accountId, invoiceId, voiding } = await issued()
    const stranger = await insertAccount(deps)
    const input = { documentId: invoiceId, creditId: deps.newId('doc'), actor }
    expect(await voidDocument(deps, { ...input, accountId: stranger })).toMatchObject({ reason: 'not_found' })
    expect(await voiding(invoiceId)).toMatchObject({ reason: 'not_found' })
    expect(accountId).not.toBe(stranger)
  })
})
