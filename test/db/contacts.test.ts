import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { openDb } from '../../src/db/client'
import {
  type ContactPage,
  type ContactPosition,
  listContactsByEmail,
  listContactsByName,
  listContactsByPrefix,
} from '../../src/db/contact-search'
import { findContact, insertContact, markContactArchived, updateContact } from '../../src/db/contacts'
import type { Contact } from '../../src/domain/contact'
import { countingD1 } from '../support/counting-d1'
import { freshStorage } from '../support/database'

/** Counts the rows that a page reads and the items that it returns. */
async function counting(
  run: (db: ReturnType<typeof openDb>) => Promise<ContactPage>,
): Promise<{ read: number; items: number }> {
  const counted = countingD1(env.DB)
  const page = await run(openDb(counted.d1))
  return { read: counted.rowsRead(), items: page.items.length }
}

const contact = (name: string, emails: string[] = []): Contact => ({
  kind: 'company',
  name,
  address: { lines: [], postcode: '', town: '', region: '', country: 'FR' },
  vatId: '',
  language: '',
  currency: '',
  emails,
  notes: '',
  externalId: '',
  source: '',
})

const add = (accountId: string, id: string, name: string, emails: string[] = []) =>
  insertContact(openDb(env.DB), { accountId, id }, contact(name, emails), 1000)

const namesOf = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name)

beforeAll(freshStorage)

describe('finding contacts', () => {
  const db = openDb(env.DB)

  beforeAll(async () => {
    await add('acc_a', 'con_1', 'Éléonore Dupré', ['eleonore@example.org', 'comptes@example.org'])
    await add('acc_a', 'con_2', 'Elektro Schmidt', ['Info@Schmidt.example'])
    await add('acc_a', 'con_3', 'elena', ['info@elena.example', 'info2@elena.example'])
    await add('acc_a', 'con_4', 'Zoë', ['zoe@example.org'])
    await add('acc_b', 'con_5', 'Elena of another account', ['elena@example.org'])
    await markContactArchived(db, 'acc_a', 'con_4', 2000)
  })

  it('matches the beginning of the name, without case or accents', async () => {
    const page = await listContactsByName(db, 'acc_a', { prefix: 'ÉLE', archived: false, limit: 50 })
    expect(namesOf(page)).toEqual(['Elektro Schmidt', 'elena', 'Éléonore Dupré'])
    expect(page.next).toBeUndefined()
  })

  it('lists archived contacts separately', async () => {
    expect(namesOf(await listContactsByName(db, 'acc_a', { prefix: '', archived: true, limit: 50 }))).toEqual(['Zoë'])
    expect(namesOf(await listContactsByName(db, 'acc_a', { prefix: 'z', archived: false, limit: 50 }))).toEqual([])
  })

  it('matches the beginning of any address, lists each contact once, and includes archived ones', async () => {
    const byEmail = async (prefix: string) => namesOf(await listContactsByEmail(db, 'acc_a', { prefix, limit: 50 }))
    expect(await byEmail(' INFO')).toEqual(['elena', 'Elektro Schmidt'])
    expect(await byEmail('comptes@')).toEqual(['Éléonore Dupré'])
    expect(await byEmail('zoe@')).toEqual(['Zoë'])
    expect(await byEmail('ele')).toEqual(['Éléonore Dupré'])
  })

  it('offers contacts that are not archived for a picker: by name, or else by address', async () => {
    const offered = async (prefix: string) => (await listContactsByPrefix(db, 'acc_a', prefix)).map(({ id }) => id)
    expect(await offered('el')).toEqual(['con_2', 'con_3', 'con_1'])
    expect(await offered('info@s')).toEqual(['con_2'])
    expect(await offered('zoe@')).toEqual([])
  })

  it('matches only the current addresses of a contact', async () => {
    const current = await findContact(db, 'acc_a', 'con_3')
    if (!current) throw new Error('con_3 is gone')
    await updateContact(db, current, contact('elena', ['info2@elena.example', 'new@elena.example']), 3000)
    const found = async (prefix: string) => (await listContactsByEmail(db, 'acc_a', { prefix, limit: 50 })).items.length
    expect([await found('info@elena'), await found('info2@elena'), await found('new@elena')]).toEqual([0, 1, 1])
  })

  it('keeps the addresses when an update is refused as stale', async () => {
    const current = await findContact(db, 'acc_a', 'con_3')
    if (!current) throw new Error('con_3 is gone')
    expect(await updateContact(db, { ...current, version: 1 }, contact('late', ['late@elena.example']), 4000)).toBe(
      false,
    )
    expect((await listContactsByEmail(db, 'acc_a', { prefix: 'new@elena', limit: 50 })).items).toHaveLength(1)
    expect((await listContactsByEmail(db, 'acc_a', { prefix: 'late@', limit: 50 })).items).toHaveLength(0)
  })
})

describe('a page of contacts', () => {
  const LIMIT = 50

  beforeAll(async () => {
    await env.DB.batch(
      [1000, 20_000].flatMap((size) => [
        env.DB.prepare(
          `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
           INSERT INTO contacts (account_id, id, kind, name, name_key, address, vat_id, language, currency, emails, notes, external_id, source,
             version, archived_at, created_at, updated_at)
           SELECT 'acc_' || CAST(?1 AS INTEGER), printf('con_%06d', i), 'company', printf('Client %06d', i), printf('client %06d', i),
             '{"lines":[],"postcode":"","town":"","region":"","country":"FR"}', '', '', '', json_array(printf('client%06d@example.org', i)), '', '', '', 1,
             iif(i % 2, 5000, NULL), 0, 0 FROM n`,
        ).bind(size),
        env.DB.prepare(
          `INSERT INTO contact_emails SELECT account_id, lower(value), contacts.id FROM contacts, json_each(emails) WHERE account_id = 'acc_' || CAST(?1 AS INTEGER)`,
        ).bind(size),
      ]),
    )
  })

  const deep: ContactPosition = { key: 'client 000700', id: 'con_000700' }
  const cases: [string, (accountId: string, db: ReturnType<typeof openDb>) => Promise<ContactPage>, number][] = [
    [
      'the first page',
      (account, db) => listContactsByName(db, account, { prefix: '', archived: false, limit: LIMIT }),
      LIMIT,
    ],
    [
      'a deep page',
      (account, db) => listContactsByName(db, account, { prefix: '', archived: false, after: deep, limit: LIMIT }),
      LIMIT,
    ],
    [
      'a page of a search',
      (account, db) => listContactsByName(db, account, { prefix: 'client 0008', archived: false, limit: LIMIT }),
      LIMIT,
    ],
    [
      'a page of archived contacts',
      (account, db) => listContactsByName(db, account, { prefix: '', archived: true, limit: LIMIT }),
      LIMIT,
    ],
    [
      'a page of a search by address',
      (account, db) => listContactsByEmail(db, account, { prefix: 'client', limit: LIMIT }),
      LIMIT,
    ],
    [
      'a page without matches',
      (account, db) => listContactsByName(db, account, { prefix: 'x', archived: false, limit: LIMIT }),
      0,
    ],
  ]

  it.each(cases)(
    '%s reads at most three rows for each that it can show, whatever the size of the account',
    async (_, list, items) => {
      const small = await counting((db) => list('acc_1000', db))
      const large = await counting((db) => list('acc_20000', db))
      expect(large).toEqual(small)
      expect(large.items).toBe(items)
      expect(large.read).toBeLessThanOrEqual(3 * (LIMIT + 1))
    },
  )

  it('continues after the previous page without gap or repetition', async () => {
    const db = openDb(env.DB)
    const seen: string[] = []
    let after: ContactPosition | undefined
    do {
      const search = { prefix: '', archived: false, limit: 120, ...(after ? { after } : {}) }
      const page = await listContactsByName(db, 'acc_1000', search)
      seen.push(...page.items.map(({ id }) => id))
      after = page.next
    } while (after)
    expect(seen).toHaveLength(500)
    expect(seen).toEqual([...new Set(seen)].sort())
  })
})
