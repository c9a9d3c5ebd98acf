import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { openDb } from '../../src/db/client'
import { type DocumentPage, listDocuments, searchDocuments } from '../../src/db/document-list'
import type { DocumentFilter } from '../../src/domain/document-filter'
import { countingD1 } from '../support/counting-d1'
import { freshStorage } from '../support/database'
import { insertManyDocuments } from '../support/many-documents'

const LIMIT = 50
const counted = countingD1(env.DB)
const db = openDb(counted.d1)
const invoices: DocumentFilter = {
  test: false,
  kind: 'invoice',
  state: undefined,
  mailState: undefined,
  today: '2026-11-24',
}

beforeAll(async () => {
  await freshStorage()
  await insertManyDocuments('small', 1_000)
  await insertManyDocuments('large', 100_000)
  // The small account has many test documents, the large one few.
  await insertManyDocuments('small', 20_000, { test: true })
  await insertManyDocuments('large', 1_000, { test: true })
  // A few old documents of other kinds and states.
  await env.DB.batch([
    env.DB.prepare(`UPDATE documents SET kind = 'receipt' WHERE id IN ('doc_0000000021', 'doc_0000000022')`),
    env.DB.prepare(`UPDATE documents SET credited = 1 WHERE id IN ('doc_0000000031', 'doc_0000000032')`),
  ])
})

const SEARCHES: Record<string, (account: string) => Promise<DocumentPage>> = {
  'first page': (account) => listDocuments(db, account, invoices, { limit: LIMIT }),
  'deep page': (account) => listDocuments(db, account, invoices, { limit: LIMIT, before: 'doc_0000000500' }),
  'newer page': (account) => listDocuments(db, account, invoices, { limit: LIMIT, after: 'doc_0000000500' }),
  problem: (account) => listDocuments(db, account, { ...invoices, mailState: 'problem' }, { limit: LIMIT }),
  draft: (account) => listDocuments(db, account, { ...invoices, state: 'draft' }, { limit: LIMIT }),
  receipts: (account) => listDocuments(db, account, { ...invoices, kind: 'receipt' }, { limit: LIMIT }),
  'partly credited': (account) =>
    listDocuments(db, account, { ...invoices, state: 'partly_credited' }, { limit: LIMIT }),
  'all kinds': (account) => listDocuments(db, account, { ...invoices, kind: undefined }, { limit: LIMIT }),
  number: (account) => searchDocuments(db, account, invoices, { name: 'INV-00', number: 'INV-00', limit: LIMIT }),
  'exact number': (account) =>
    searchDocuments(db, account, invoices, { name: 'INV-0000000042', number: 'INV-0000000042', limit: LIMIT }),
}

const tests: DocumentFilter = { ...invoices, test: true }
const TEST_SEARCHES: typeof SEARCHES = {
  'first page': (account) => listDocuments(db, account, tests, { limit: LIMIT }),
  'deep page': (account) => listDocuments(db, account, tests, { limit: LIMIT, before: 'doc_test_0000000500' }),
  'newer page': (account) => listDocuments(db, account, tests, { limit: LIMIT, after: 'doc_test_0000000500' }),
  problem: (account) => listDocuments(db, account, { ...tests, mailState: 'problem' }, { limit: LIMIT }),
  draft: (account) => listDocuments(db, account, { ...tests, state: 'draft' }, { limit: LIMIT }),
  number: (account) => searchDocuments(db, account, tests, { name: 'x', number: 'TEST-INV-00', limit: LIMIT }),
}

describe('a page of documents reads at most three rows for each that it can show', () => {
  it.each(Object.entries(SEARCHES))('%s, in an account of 1,000 and of 100,000', async (_, search) => {
    for (const account of ['small', 'large']) {
      counted.reset()
      const { items } = await search(account)
      expect(items.length).toBeGreaterThan(0)
      expect(items.some(({ id }) => id.startsWith('doc_test_'))).toBe(false)
      expect(counted.rowsRead()).toBeLessThanOrEqual(3 * LIMIT)
    }
  })

  it.each(Object.entries(TEST_SEARCHES))('of test mode: %s', async (_, search) => {
    for (const account of ['small', 'large']) {
      counted.reset()
      const { items } = await search(account)
      expect(items.length).toBeGreaterThan(0)
      expect(items.every(({ id, number }) => id.startsWith('doc_test_') && !number?.startsWith('INV'))).toBe(true)
      expect(counted.rowsRead()).toBeLessThanOrEqual(3 * LIMIT)
    }
  })

  it('in a search by name, with live and test documents of the same customer', async () => {
    const named = { name: 'Contact 7', number: 'Contact 7', limit: LIMIT }
    counted.reset()
    const live = await searchDocuments(db, 'large', invoices, named)
    expect(live.items.every(({ number }) => !number?.startsWith('TEST'))).toBe(true)
    expect(counted.rowsRead()).toBeLessThanOrEqual(3 * LIMIT)
    const first = await searchDocuments(db, 'small', tests, named)
    const second = await searchDocuments(db, 'small', tests, { ...named, after: first.next })
    expect(first.items.map(({ number }) => number).slice(0, 2)).toEqual(['TEST-INV-0000019967', 'TEST-INV-0000019927'])
    const all = [...first.items, ...second.items].map(({ number }) => number)
    expect(new Set(all).size).toBe(all.length)
  })

  it('or stops after a thousand rows and returns where to continue', async () => {
    for (const filter of [
      { state: 'overdue' },
      { mailState: 'sent' },
      { state: 'paid', mailState: 'problem' },
    ] as const) {
      counted.reset()
      await listDocuments(db, 'large', { ...invoices, ...filter }, { limit: LIMIT })
      expect(counted.rowsRead()).toBeLessThanOrEqual(3_100)
    }
    await env.DB.prepare(
      `UPDATE documents SET mail_state = 'sent' WHERE account_id = 'large' AND id = 'doc_0000098500'`,
    ).run()
    const first = await listDocuments(db, 'large', { ...invoices, mailState: 'sent' }, { limit: LIMIT })
    expect(first).toEqual({ items: [], next: 'doc_0000099001', scanned: 1000 })
    const second = await listDocuments(
      db,
      'large',
      { ...invoices, mailState: 'sent' },
      { limit: LIMIT, before: first.next },
    )
    expect(second).toMatchObject({ items: [{ id: 'doc_0000098500' }], next: 'doc_0000098001' })
  })
})
