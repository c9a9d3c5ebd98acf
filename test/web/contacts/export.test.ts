import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import type { Contact } from '../../../src/domain/contact'
import { type CsvDelimiter, readCsv, unguardCell } from '../../../src/domain/csv'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { type Merchant, signUp } from '../../support/client'
import { freshStorage } from '../../support/database'
import { testDeps } from '../../support/deps'

beforeAll(freshStorage)

async function add(merchant: Merchant, contact: Partial<Contact>): Promise<string> {
  const deps = testDeps()
  return createContact(deps, { accountId: merchant.accountId, id: deps.newId('con'), contact: contactOf(contact) })
}

async function exported(merchant: Merchant, query = '', delimiter: CsvDelimiter = ',') {
  const response = await merchant.get(`${routes.contactExport}${query}`)
  expect(response.status).toBe(200)
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer())
  const read = readCsv(text.slice(1), delimiter)
  if (!read.ok) throw new Error(read.reason)
  return { response, text, records: read.value.map(({ cells }) => cells) }
}

describe('the export', () => {
  it('is a file for spreadsheets with every field, in which no cell begins a formula', async () => {
    const merchant = await signUp()
    await add(merchant, {
      name: '=HYPERLINK("http://evil.example")',
      emails: ['-a@example.org', 'b@example.org'],
      address: { lines: ['1, rue "X"', 'Bât. B'], postcode: '01000', town: 'Lyon', region: '', country: 'FR' },
      notes: '+33 1\n@home',
      externalId: "'-7",
    })
    const { response, text, records } = await exported(merchant)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="contacts-\d{4}-\d\d-\d\d\.csv"$/,
    )
    expect(text[0]).toBe('\ufeff')
    expect(records[0]).toEqual(
      'Kind,Name,E-mail,Street and number,Postcode,Town,Region,Country,VAT number,Language,Currency,Notes,External ID,Source'.split(
        ',',
      ),
    )
    expect(records.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    expect(records[1]?.map(unguardCell)).toEqual([
      ...['company', '=HYPERLINK("http://evil.example")', '-a@example.org, b@example.org', '1, rue "X"\nBât. B'],
      ...['01000', 'Lyon', '', 'FR', '', '', '', '+33 1\n@home', "'-7", ''],
    ])
  })

  it('has semicolons where decimals have commas, and the labels of the reader’s language', async () => {
    const merchant = await signUp({ language: 'de' })
    const { records } = await exported(merchant, '', ';')
    expect(records[0]?.slice(0, 3)).toEqual(['Art', 'Name', 'E-Mail'])
  })

  it('contains each of many thousand contacts once, and none of another account or the archive', async () => {
    const merchant = await signUp()
    const other = await signUp()
    await add(other, { name: 'Not mine' })
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2300)
       INSERT INTO contacts (account_id, id, kind, name, name_key, address, vat_id, language, currency, emails, notes, external_id, source, version, archived_at, created_at, updated_at)
       SELECT ?1, printf('con_%06d', i), 'company', 'Client ' || i, 'client ' || i,
         '{"lines":[],"postcode":"","town":"","region":"","country":"FR"}', '', '', '', '[]', '', '', '', 1, iif(i % 100 = 0, 1, NULL), 0, 0 FROM n`,
    )
      .bind(merchant.accountId)
      .run()
    const { records } = await exported(merchant)
    expect(new Set(records.slice(1).map((cells) => cells[1])).size).toBe(2277)
    expect(records).toHaveLength(2278)
    expect(records.flat()).not.toContain('Not mine')
    expect((await exported(merchant, '?archived=yes')).records).toHaveLength(24)
  })
})
