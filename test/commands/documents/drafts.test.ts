import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { deleteDraft } from '../../../src/commands/documents/delete-draft'
import { duplicateDocument } from '../../../src/commands/documents/duplicate-document'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { markPaid } from '../../../src/commands/documents/mark-paid'
import { markUnpaid } from '../../../src/commands/documents/mark-unpaid'
import { saveDraft } from '../../../src/commands/documents/save-draft'
import { findDocument } from '../../../src/db/documents'
import { listHistory } from '../../../src/db/history'
import type { DocumentContent } from '../../../src/domain/document'
import { contactOf, insertAccount } from '../../support/accounts'
import { freshStorage } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf, lineOf } from '../../support/documents'

const deps = testDeps({ now: () => Date.parse('2026-11-24T10:00:00Z') })
const actor = 'usr_1'
let accountId: string
let contactId: string

beforeAll(async () => {
  await freshStorage()
  accountId = await insertAccount(deps)
  contactId = await createContact(deps, { accountId, id: deps.newId('con'), contact: contactOf() })
})

async function draft(content: Partial<DocumentContent> = {}): Promise<string> {
  const documentId = deps.newId('doc')
  await createDraft(deps, { accountId, documentId, contactId, content: contentOf(content), kind: 'invoice', actor })
  return documentId
}
async function final(): Promise<string> {
  const documentId = await draft()
  await finaliseDocument(deps, { accountId, documentId, version: 1, actor })
  return documentId
}
const found = (id: string) => findDocument(deps.db, accountId, id)
const historyOf = async (id: string) =>
  (await listHistory(deps.db, accountId, id)).map(({ type, data }) => [type, data])

describe('a draft', () => {
  it('is created once from a form sent twice', async () => {
    const documentId = deps.newId('doc')
    const input = { accountId, documentId, contactId, kind: 'invoice', actor } as const
    await createDraft(deps, { ...input, content: contentOf({ notes: 'first' }) })
    await createDraft(deps, { ...input, content: contentOf({ notes: 'second' }) })
    expect(await found(documentId)).toMatchObject({
      status: 'draft',
      version: 1,
      contactName: 'Bäckerei Krüger GmbH',
      contactKey: 'backerei kruger gmbh',
      total: 12000,
      content: { notes: 'first' },
      createdBy: actor,
    })
  })

  it('keeps no blank lines', async () => {
    const blank = lineOf({ description: '', unitPrice: '0' })
    expect(await found(await draft({ lines: [blank, lineOf(), blank] }))).toMatchObject({
      content: { lines: [lineOf()] },
    })
  })

  it('refuses a contact of another account', async () => {
    const other = await insertAccount(deps)
    const input = { accountId: other, documentId: deps.newId('doc'), contactId, content: contentOf(), actor }
    expect(await createDraft(deps, { ...input, kind: 'invoice' })).toMatchObject({ reason: 'contact_not_found' })
    expect(await saveDraft(deps, { ...input, accountId, contactId: 'con_x', version: 1 })).toMatchObject({
      reason: 'contact_not_found',
    })
  })

  it('saved from a stale page is refused, and the stored draft is returned', async () => {
    const documentId = await draft()
    const save = (notes: string) =>
      saveDraft(deps, { accountId, actor: 'usr_1', documentId, contactId, version: 1, content: contentOf({ notes }) })
    const saves = await Promise.all([save('mine'), save('yours')])
    const won = (await found(documentId))?.content.notes
    expect(saves.filter(({ ok }) => ok)).toEqual([{ ok: true, version: 2 }])
    expect(saves.find(({ ok }) => !ok)).toMatchObject({
      reason: 'stale',
      current: { version: 2, content: { notes: won } },
    })
  })

  it('saved twice with the same text is saved once', async () => {
    const documentId = await draft()
    const save = () =>
      saveDraft(deps, {
        accountId,
        actor: 'usr_1',
        documentId,
        contactId,
        version: 1,
        content: contentOf({ notes: 'x' }),
      })
    expect([await save(), await save()]).toEqual([
      { ok: true, version: 2 },
      { ok: true, version: 2 },
    ])
  })

  it('may be deleted; a final document may be neither deleted nor changed', async () => {
    const [documentId, issued] = [await draft(), await final()]
    expect(await deleteDraft(deps, { accountId: 'acc_other', documentId })).toMatchObject({ reason: 'not_found' })
    expect(await deleteDraft(deps, { accountId, documentId })).toMatchObject({ ok: true })
    expect(await found(documentId)).toBeUndefined()
    expect(await deleteDraft(deps, { accountId, documentId: issued })).toMatchObject({ reason: 'already_final' })
    const save = {
      accountId,
      actor: 'usr_1',
      documentId: issued,
      contactId,
      version: 2,
      content: contentOf({ notes: 'x' }),
    }
    expect(await saveDraft(deps, save)).toMatchObject({ reason: 'already_final' })
  })
})

describe('a copy', () => {
  it('has the lines and the customer of the original, and dates of its own', async () => {
    const documentId = await draft({ issueDate: '2026-11-24', supplyFrom: '2026-10-01', notes: 'Thanks' })
    await finaliseDocument(deps, { accountId, documentId, version: 1, actor })
    const number = (await found(documentId))?.number
    const copyId = deps.newId('doc')
    for (const _ of [1, 2]) await duplicateDocument(deps, { accountId, documentId, copyId, actor })
    expect(await found(copyId)).toMatchObject({
      status: 'draft',
      number: null,
      contactId,
      content: contentOf({ notes: 'Thanks' }),
    })
    expect(await historyOf(copyId)).toEqual([['duplicated', { documentId, number }]])
  })

  it('is not made of another account’s document', async () => {
    const other = await insertAccount(deps)
    const input = { accountId: other, documentId: await final(), copyId: deps.newId('doc'), actor }
    expect(await duplicateDocument(deps, input)).toMatchObject({ reason: 'not_found' })
  })
})

describe('a payment', () => {
  const pay = (documentId: string, paidOn = '2026-11-20') => markPaid(deps, { accountId, documentId, paidOn, actor })

  it('is marked on its day in the account’s zone, once, and reversed, once', async () => {
    const documentId = await final()
    for (const _ of [1, 2]) expect(await pay(documentId)).toMatchObject({ ok: true })
    expect(await found(documentId)).toMatchObject({ paidAt: Date.parse('2026-11-19T23:00:00Z') })
    for (const _ of [1, 2]) expect(await markUnpaid(deps, { accountId, documentId, actor })).toMatchObject({ ok: true })
    expect(await found(documentId)).toMatchObject({ paidAt: null })
    expect(await historyOf(documentId)).toEqual([
      ['paid', { date: '2026-11-20' }],
      ['unpaid', {}],
    ])
  })

  it('is refused for drafts, invalid dates, future dates, and other accounts’ documents', async () => {
    const documentId = await final()
    expect(await pay(await draft())).toMatchObject({ reason: 'not_final' })
    expect(await pay(documentId, '2026-02-30')).toMatchObject({ reason: 'date_invalid' })
    expect(await pay(documentId, '2026-11-25')).toMatchObject({ reason: 'paid_in_future' })
    const foreign = { accountId: await insertAccount(deps), documentId, paidOn: '2026-11-20', actor }
    expect(await markPaid(deps, foreign)).toMatchObject({ reason: 'not_found' })
    expect(await markUnpaid(deps, foreign)).toMatchObject({ reason: 'not_found' })
    const { results } = await env.DB.prepare('SELECT 1 FROM history WHERE document_id = ?').bind(documentId).all()
    expect(results).toEqual([])
  })
})
