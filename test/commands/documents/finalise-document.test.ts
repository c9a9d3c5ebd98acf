import { env } from 'cloudflare:test'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../../src/commands/documents/finalise-document'
import { saveDraft } from '../../../src/commands/documents/save-draft'
import { setNextNumber } from '../../../src/commands/documents/set-next-number'
import { findDocument } from '../../../src/db/documents'
import { findSeries } from '../../../src/db/series'
import type { AccountSettings, Company } from '../../../src/domain/company'
import type { Contact } from '../../../src/domain/contact'
import type { DocumentContent } from '../../../src/domain/document'
import { contactOf, insertAccount, settingsOf } from '../../support/accounts'
import { freshStorage } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf, lineOf } from '../../support/documents'

let now = Date.parse('2026-11-24T10:00:00Z')
const deps = testDeps({ now: () => now })

beforeAll(freshStorage)

interface Merchant {
  company?: Partial<Company>
  settings?: Partial<AccountSettings>
  contact?: Partial<Contact>
}

/** An account with one customer, whose drafts can be finalised. */
async function merchant({ contact = {}, ...account }: Merchant = {}) {
  const accountId = await insertAccount(deps, account)
  const contactId = await createContact(deps, { accountId, id: deps.newId('con'), contact: contactOf(contact) })
  const draft = async (content: Partial<DocumentContent> = {}, customer: string | null = contactId) => {
    const documentId = deps.newId('doc')
    const input = { accountId, documentId, contactId: customer, content: contentOf(content), actor: 'usr_1' }
    await createDraft(deps, { ...input, kind: 'invoice' })
    return documentId
  }
  const finalise = (documentId: string, version = 1) =>
    finaliseDocument(deps, { accountId, documentId, version, actor: 'usr_1' })
  const issue = async (content: Partial<DocumentContent> = {}) => finalise(await draft(content))
  const next = (period = '2026') => findSeries(deps.db, { accountId, name: 'invoice', period })
  return { accountId, contactId, draft, finalise, issue, next }
}
const numbered = (number: string) => ({ ok: true, value: { number } })

describe('finalising', () => {
  it('gives the next number, today’s date and the date the terms lead to', async () => {
    const { accountId, draft, finalise, issue } = await merchant()
    const id = await draft({ paymentTermsDays: 14 })
    expect(await finalise(id)).toEqual(numbered('INV-2026-0001'))
    expect(await findDocument(deps.db, accountId, id)).toMatchObject({
      status: 'final',
      issueDate: '2026-11-24',
      dueDate: '2026-12-08',
      total: 12000,
      finalisedAt: now,
      finalisedBy: 'usr_1',
      snapshot: { issueDate: '2026-11-24', language: 'fr', totals: { net: 10000, tax: 2000 } },
    })
    expect(await issue()).toEqual(numbered('INV-2026-0002'))
  })

  it('freezes seller, buyer and lines as they are', async () => {
    const { accountId, draft, finalise } = await merchant({ contact: { name: 'Ada', language: 'de' } })
    const id = await draft()
    await finalise(id)
    await env.DB.prepare(`UPDATE accounts SET company = '{}' WHERE id = ?`).bind(accountId).run()
    await env.DB.prepare(`UPDATE contacts SET name = 'Eva' WHERE account_id = ?`).bind(accountId).run()
    expect(await findDocument(deps.db, accountId, id)).toMatchObject({
      contactName: 'Ada',
      snapshot: { language: 'de', seller: { legalName: 'Atelier Dupré SARL' }, buyer: { name: 'Ada' } },
    })
  })

  it('takes the account’s date, not the server’s', async () => {
    const { accountId, draft, finalise } = await merchant({ settings: { timeZone: 'Pacific/Auckland' } })
    const id = await draft()
    now = Date.parse('2026-12-31T12:00:00Z')
    expect(await finalise(id)).toEqual(numbered('INV-2027-0001'))
    now = Date.parse('2026-11-24T10:00:00Z')
    expect(await findDocument(deps.db, accountId, id)).toMatchObject({ issueDate: '2027-01-01' })
  })

  it('names everything that is missing, and takes no number', async () => {
    const { draft, finalise, next } = await merchant({ company: { legalName: '', vatId: '', email: '' } })
    expect(await finalise(await draft({ lines: [], dueDate: '2026-01-01', issueDate: '2027-02-01' }, null))).toEqual({
      ok: false,
      reason: 'incomplete',
      missing: [
        'seller_name',
        'seller_tax_id',
        'seller_email',
        'contact',
        'lines',
        'issue_date_ahead',
        'due_date_early',
      ],
    })
    expect(await next()).toEqual({ next: 1, lastIssueDate: '' })
  })

  it('names each date that is so far off that it was mistyped', async () => {
    const { draft, finalise } = await merchant()
    const missingOf = async (fields: Parameters<typeof draft>[0]) => await finalise(await draft(fields))
    expect(await missingOf({ issueDate: '1990-11-24' })).toMatchObject({ missing: ['issue_date_old'] })
    expect(await missingOf({ dueDate: '2062-12-24' })).toMatchObject({ missing: ['due_date_late'] })
    for (const supplyFrom of ['1990-01-01', '2062-01-01'])
      expect(await missingOf({ supplyFrom })).toMatchObject({ missing: ['supply_date_far'] })
    expect(await missingOf({ issueDate: '2025-11-24', supplyFrom: '2024-01-01' })).toMatchObject({ ok: true })
  })

  it('requires the customer’s address and, for reverse charge, VAT number', async () => {
    const { draft, finalise } = await merchant({ contact: { address: { ...contactOf().address, country: '' } } })
    const lines = [lineOf({ taxCategory: 'AE', taxRate: '0', description: '' })]
    expect(await finalise(await draft({ lines }))).toMatchObject({
      missing: ['contact_address', 'contact_vat_id', 'line_descriptions'],
    })
  })

  it('requires the seller’s VAT number if the customer owes the tax or the goods leave the country', async () => {
    const { draft, finalise } = await merchant({
      company: { vatId: '', taxNumber: '123' },
      contact: { vatId: 'DE136695976' },
    })
    for (const taxCategory of ['AE', 'K', 'G'] as const)
      expect(await finalise(await draft({ lines: [lineOf({ taxCategory, taxRate: '0' })] }))).toMatchObject({
        missing: ['seller_vat_id'],
      })
    expect(await finalise(await draft({ lines: [lineOf({ taxCategory: 'E', taxRate: '0' })] }))).toMatchObject({
      ok: true,
    })
  })

  it('refuses a draft that was changed since the person saw it', async () => {
    const { accountId, contactId, draft, finalise } = await merchant()
    const documentId = await draft()
    await saveDraft(deps, {
      accountId,
      actor: 'usr_1',
      documentId,
      contactId,
      version: 1,
      content: contentOf({ notes: 'New' }),
    })
    expect(await finalise(documentId)).toMatchObject({ reason: 'stale' })
    expect(await finalise(documentId, 2)).toEqual(numbered('INV-2026-0001'))
  })

  it('returns the same number to a repeated request, and refuses a page that never saw the draft', async () => {
    const { draft, finalise, next } = await merchant()
    const id = await draft()
    expect([await finalise(id), await finalise(id)]).toEqual([numbered('INV-2026-0001'), numbered('INV-2026-0001')])
    expect(await finalise(id, 2)).toMatchObject({ reason: 'already_final' })
    expect(await next()).toMatchObject({ next: 2 })
  })

  it('does not find drafts of another account', async () => {
    const { draft } = await merchant()
    const { finalise } = await merchant()
    expect(await finalise(await draft())).toEqual({ ok: false, reason: 'not_found' })
  })
})

describe('numbers', () => {
  it('have no gap and no duplicate when 50 are finalised at once, some of them twice, some refused', async () => {
    const { draft, finalise, next } = await merchant()
    const good = await Promise.all(Array.from({ length: 50 }, () => draft()))
    const bad = await Promise.all(Array.from({ length: 10 }, () => draft({ lines: [] })))
    const calls = [...good, ...good.slice(0, 20), ...bad, ...good.slice(10, 30)].map((id) => finalise(id))
    const numbers = (await Promise.all(calls)).flatMap((result) => (result.ok ? [result.value.number] : []))
    expect(numbers).toHaveLength(90)
    const expected = Array.from({ length: 50 }, (_, i) => `INV-2026-${String(i + 1).padStart(4, '0')}`)
    expect([...new Set(numbers)].sort()).toEqual(expected)
    expect(await next()).toEqual({ next: 51, lastIssueDate: '2026-11-24' })
  })

  it('restart with the year of the issue date, and continue in the year before', async () => {
    const { issue } = await merchant()
    expect(await issue({ issueDate: '2026-11-30' })).toEqual(numbered('INV-2026-0001'))
    now = Date.parse('2027-01-02T10:00:00Z')
    expect(await issue()).toEqual(numbered('INV-2027-0001'))
    expect(await issue({ issueDate: '2026-12-31' })).toEqual(numbered('INV-2026-0002'))
    now = Date.parse('2026-11-24T10:00:00Z')
  })

  it('never restart if the pattern has no year', async () => {
    const { issue } = await merchant({
      settings: { numberPatterns: { ...settingsOf().numberPatterns, invoice: '{00}' } },
    })
    expect(await issue({ issueDate: '2025-12-31' })).toEqual(numbered('01'))
    expect(await issue({ issueDate: '2026-01-01' })).toEqual(numbered('02'))
  })

  it('never precede one with an earlier issue date', async () => {
    const { draft, issue, finalise, next } = await merchant()
    await issue({ issueDate: '2026-11-20' })
    const early = await draft({ issueDate: '2026-11-19' })
    expect(await finalise(early)).toMatchObject({ reason: 'issue_date_too_early', details: { earliest: '2026-11-20' } })
    expect(await issue({ issueDate: '2026-11-20' })).toEqual(numbered('INV-2026-0002'))
    expect(await next()).toMatchObject({ next: 3 })
  })

  it('keep the order of issue dates when many are finalised at once', async () => {
    const { accountId, draft, finalise } = await merchant()
    const dates = Array.from({ length: 12 }, (_, i) => `2026-11-${String(10 + ((i * 5) % 12)).padStart(2, '0')}`)
    const ids = await Promise.all(dates.map((issueDate) => draft({ issueDate })))
    const results = await Promise.all(ids.map((id) => finalise(id)))
    expect(results.every((result) => result.ok || result.reason === 'issue_date_too_early')).toBe(true)
    const { results: rows } = await env.DB.prepare(
      `SELECT issue_date AS date FROM documents WHERE account_id = ? AND number IS NOT NULL ORDER BY number`,
    )
      .bind(accountId)
      .all<{ date: string }>()
    expect(rows.map(({ date }) => date)).toEqual(rows.map(({ date }) => date).sort())
    expect(rows.length).toBe(results.filter(({ ok }) => ok).length)
  })

  it('that another pattern has issued are refused with the number', async () => {
    const { accountId, draft, finalise, issue } = await merchant()
    await issue()
    const settings = settingsOf({ numberPatterns: { ...settingsOf().numberPatterns, invoice: 'INV-2026-{0000}' } })
    await env.DB.prepare('UPDATE accounts SET settings = ? WHERE id = ?')
      .bind(JSON.stringify(settings), accountId)
      .run()
    const id = await draft()
    expect(await finalise(id)).toMatchObject({ reason: 'number_taken', details: { number: 'INV-2026-0001' } })
    expect(await findDocument(deps.db, accountId, id)).toMatchObject({ status: 'draft', version: 1 })
    expect(await setNextNumber(deps, { accountId, actor: 'user_1', kind: 'invoice', next: 2 })).toMatchObject({
      ok: true,
    })
    expect(await finalise(id)).toEqual(numbered('INV-2026-0002'))
  })

  it('of tests have their own counter', async () => {
    const { accountId, draft, finalise, issue } = await merchant()
    const id = await draft()
    await env.DB.prepare('UPDATE documents SET test = 1 WHERE id = ?').bind(id).run()
    expect(await issue()).toEqual(numbered('INV-2026-0001'))
    expect(await finalise(id)).toEqual(numbered('TEST-INV-2026-0001'))
    expect(await findSeries(deps.db, { accountId, name: 'invoice:test', period: '2026' })).toMatchObject({ next: 2 })
  })
})

describe('statements in the same batch', () => {
  const note = (id: string) => sql`INSERT INTO history (account_id, document_id, id, at, type, actor, data)
    VALUES ('acc_x', ${id}, 'his_1', 0, 'paid', '', '{}') ON CONFLICT DO NOTHING`
  const noted = async (id: string) =>
    (await env.DB.prepare(`SELECT 1 FROM history WHERE document_id = ?`).bind(id).all()).results.length

  it('run with the number, and once', async () => {
    const { accountId, draft } = await merchant()
    const documentId = await draft()
    const input = { accountId, documentId, version: 1, actor: 'usr_1' }
    expect(await finaliseDocument(deps, input, [note(documentId)])).toEqual(numbered('INV-2026-0001'))
    expect(await finaliseDocument(deps, input, [note(documentId)])).toEqual(numbered('INV-2026-0001'))
    expect(await noted(documentId)).toBe(1)
  })

  it('do not run without it', async () => {
    const { accountId, contactId, draft } = await merchant()
    const documentId = await draft()
    const change = {
      accountId,
      actor: 'usr_1',
      documentId,
      contactId,
      version: 1,
      content: contentOf({ notes: 'New' }),
    }
    const input = { accountId, documentId, version: 1, actor: 'usr_1' }
    // Another request saves between the decision and the batch.
    const racing = { ...deps, db: Object.create(deps.db) as typeof deps.db }
    const batch: D1Database['batch'] = async (statements) => {
      await saveDraft(deps, change)
      return env.DB.batch(statements)
    }
    racing.db.$client = { prepare: (query: string) => env.DB.prepare(query), batch } as D1Database
    expect(await finaliseDocument(racing, input, [note(documentId)])).toMatchObject({ reason: 'stale' })
    expect(await noted(documentId)).toBe(0)
    expect(await findDocument(deps.db, accountId, documentId)).toMatchObject({ status: 'draft', version: 2 })
  })
})

describe('the next number', () => {
  const set = (accountId: string, next: number) =>
    setNextNumber(deps, { accountId, actor: 'user_1', kind: 'invoice', next })

  it('can be set until the first is issued, and never lowered', async () => {
    const { accountId, issue } = await merchant()
    expect(await set(accountId, 120)).toMatchObject({ ok: true })
    expect(await set(accountId, 119)).toMatchObject({ reason: 'next_number_lower', details: { next: 120 } })
    expect(await set(accountId, 124)).toMatchObject({ ok: true })
    expect(await issue()).toEqual(numbered('INV-2026-0124'))
    expect(await set(accountId, 200)).toMatchObject({ reason: 'next_number_taken' })
  })

  it('is a whole number from 1 on', async () => {
    const { accountId } = await merchant()
    for (const next of [0, -1, 1.5, 1e9, Number.NaN])
      expect(await set(accountId, next)).toMatchObject({ reason: 'next_number_invalid' })
  })
})
