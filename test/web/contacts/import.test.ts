import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import type { Contact } from '../../../src/domain/contact'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { type FormFields, formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, rows } from '../../support/database'
import { testDeps } from '../../support/deps'

let merchant: Merchant

beforeAll(freshStorage)
beforeEach(async () => {
  merchant = await signUp()
})

const upload = async (bytes: string | Uint8Array<ArrayBuffer>, name = 'contacts.csv') =>
  merchant.upload(routes.contactImports, {
    ...(await formFields(await merchant.get(routes.newContactImport), routes.contactImports)),
    file: new File([bytes], name),
  })

/** Uploads a file, checks it with the guessed columns unless `choices` has others, and returns the path of the import. */
async function checked(bytes: string | Uint8Array<ArrayBuffer>, choices: FormFields = {}): Promise<string> {
  const path = (await upload(bytes)).headers.get('location') ?? ''
  const response = await merchant.fillIn(path, choices, `${path}/checks`)
  expect(response.status, await response.clone().text()).toBe(303)
  return path
}

async function run(path: string): Promise<string> {
  const started = await merchant.fillIn(path, {}, `${path}/runs`)
  return textOf(await merchant.follow(started))
}

const stored = () =>
  rows<{ name: string; emails: string; external_id: string; notes: string; address: string }>(
    'SELECT name, emails, external_id, notes, address FROM contacts WHERE account_id = ? ORDER BY name',
    merchant.accountId,
  )

async function add(contact: Partial<Contact>): Promise<string> {
  const deps = testDeps()
  return createContact(deps, { accountId: merchant.accountId, id: deps.newId('con'), contact: contactOf(contact) })
}

describe('importing contacts', () => {
  it('shows the columns and the result of each line, and then makes the contacts', async () => {
    const file =
      'Firma;E-Mail;Straße;PLZ;Ort;Land\r\nKrüger GmbH;Post@Krueger.example;"Hauptstr. 5\r\nHof";10115;Berlin;Deutschland\r\n'
    const path = (await upload(file)).headers.get('location') ?? ''
    const columns = await merchant.get(path)
    expect(await formFields(columns.clone(), `${path}/checks`)).toMatchObject({
      ...{
        'columns.0': 'name',
        'columns.1': 'emails',
        'columns.2': 'lines',
        'columns.5': 'country',
        matchBy: 'emails',
      },
    })
    expect(await textOf(columns)).toContain('1 line · UTF-8')
    await merchant.fillIn(path, {}, `${path}/checks`)
    const preview = await textOf(await merchant.get(path))
    expect(preview).toContain('1 new contact')
    expect(preview).toContain('2 Krüger GmbH Post@krueger.example Berlin, Germany New')
    expect(await stored()).toEqual([])
    expect(await run(path)).toContain('1 contact created')
    expect(await stored()).toMatchObject([{ name: 'Krüger GmbH', emails: '["Post@krueger.example"]' }])
    expect(JSON.parse((await stored())[0]?.address ?? '')).toEqual({
      ...{ lines: ['Hauptstr. 5', 'Hof'], postcode: '10115', town: 'Berlin', region: '', country: 'DE' },
    })
    expect(await textOf(await merchant.get(`${routes.contacts}?q=post@krueger`))).toContain('Krüger GmbH')
  })

  it('reads files as Windows and Excel write them', async () => {
    const latin = Uint8Array.from([...'Nom;Ville\r\nDupré;Orléans\r\n'].map((one) => one.charCodeAt(0)))
    const text = 'Nombre\tPoblación\r\nMuñoz\tCádiz\r\n'
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...[...text].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8]),
    ])
    for (const bytes of [latin, utf16]) await run(await checked(bytes))
    expect((await stored()).map(({ name }) => name)).toEqual(['Dupré', 'Muñoz'])
  })

  it('imports an export unchanged, and removes its guard against formulas', async () => {
    await add({ name: '=1+1', emails: ['-x@example.org'], notes: '@home', externalId: '7' })
    await add({ name: "'=tis", emails: [], externalId: '8' })
    const exported = new Uint8Array(await (await merchant.get(routes.contactExport)).arrayBuffer())
    expect(await textOf(await merchant.get(await checked(exported)))).toContain('2 unchanged contacts')
    const before = await stored()
    await env.DB.prepare('DELETE FROM contacts WHERE account_id = ?').bind(merchant.accountId).run()
    await run(await checked(exported))
    expect(await stored()).toEqual(before)
  })

  it('lists what is wrong by line and field, and lets the person choose', async () => {
    const file = [
      'Name,Email,Country,Notes',
      'Good,good@example.org,FR,"a\nb"',
      ',nobody,Atlantis,',
      'Again,GOOD@example.org,FR,',
      'Long,long@example.org,FR,,extra',
      'Fine,,DE,',
    ].join('\n')
    const path = await checked(file)
    const text = await textOf(await merchant.get(path))
    expect(text).toContain('2 new contacts 3 lines with errors')
    expect(text).toContain('4 Name Enter a name. 4 E-mail “nobody” is not an e-mail address: it has no @.')
    expect(text).toContain('4 Country Choose a country from the list.')
    expect(text).toContain('5 E-mail Line 2 concerns the same contact.')
    expect(text).toContain('6 The whole line The line has more cells than there are columns.')
    expect(text).toContain('Import only the 2 valid lines')
    expect(text).toContain('Import nothing; upload a corrected file')
    expect(await stored()).toEqual([])
    const done = await run(path)
    expect(done).toContain('2 contacts created')
    expect(done).toContain('3 lines left out')
    expect(done).toContain('Enter a name.')
    expect((await stored()).map(({ name }) => name)).toEqual(['Fine', 'Good'])
  })

  it('updates contacts matched by external id, and only the fields that the line has', async () => {
    await add({ name: 'Old', externalId: 'c-1', notes: 'Keep me', emails: ['old@example.org'] })
    const path = await checked('Id;Name;E-mail;Notes\nc-1;New;new@example.org;\nc-2;Second;;\n')
    const text = await textOf(await merchant.get(path))
    expect(text).toContain('1 new contact 1 contact to change')
    await run(path)
    expect(await stored()).toMatchObject([
      { name: 'New', emails: '["new@example.org"]', notes: 'Keep me', external_id: 'c-1' },
      { name: 'Second' },
    ])
    const found = async (q: string) =>
      (await textOf(await merchant.get(`${routes.contacts}?q=${q}`))).includes('new@example.org')
    expect([await found('new@ex'), await found('old@ex')]).toEqual([true, false])
  })

  it('updates contacts matched by e-mail, and refuses a line that matches two', async () => {
    await add({ name: 'One', emails: ['one@example.org', 'both@example.org'] })
    await add({ name: 'Two', emails: ['both@example.org'] })
    const path = await checked('Name,Email\nFirst,ONE@example.org\nWhich,both@example.org\n', { matchBy: 'emails' })
    expect(await textOf(await merchant.get(path))).toContain('3 E-mail 2 contacts match this line')
    await run(path)
    expect((await stored()).map(({ name }) => name)).toEqual(['First', 'Two'])
  })

  it('makes a new contact of each line when no matching is chosen', async () => {
    await add({ name: 'One', emails: ['one@example.org'] })
    await run(await checked('Name,Email\nOne,one@example.org\n', { matchBy: 'none' }))
    expect((await stored()).map(({ name }) => name)).toEqual(['One', 'One'])
  })

  it('asks for the column of the name', async () => {
    const path = (await upload('Foo,Bar\n1,2\n')).headers.get('location') ?? ''
    const answer = await merchant.fillIn(path, { 'columns.1': 'notes' }, `${path}/checks`)
    expect(answer.status).toBe(422)
    expect(await formFields(answer.clone(), `${path}/checks`)).toMatchObject({ 'columns.1': 'notes' })
    expect(await textOf(answer)).toContain('Choose which column contains the name.')
  })

  it.each([
    ['', 'Choose a file that is not empty.'],
    ['Name\n', 'The file contains no lines below the first one.'],
    ['Name\n"open\n', 'A quotation mark opens in line 2 and is never closed.'],
    [`${'x,'.repeat(80)}\n1\n`, 'The file has more than 60 columns.'],
  ])('refuses %j with the reason', async (bytes, reason) => {
    const response = await upload(bytes)
    expect(response.status).toBe(422)
    expect(await textOf(response)).toContain(reason)
  })

  it('counts lines and cells before it parses them', async () => {
    expect(await textOf(await upload('yes\n'.repeat(1_300_000)))).toContain('The file has more than 20000 lines.')
    expect(await textOf(await upload(`name\n${','.repeat(1_300_000)}`))).toContain('The file has too many cells.')
  })

  it('makes one import of a form sent twice, another of another file, and says when a check is out of date', async () => {
    const fields = await formFields(await merchant.get(routes.newContactImport), routes.contactImports)
    const send = (bytes: string) =>
      merchant.upload(routes.contactImports, { ...fields, file: new File([bytes], 'a.csv') })
    const [first, again, other] = [await send('Name\nA\n'), await send('Name\nA\n'), await send('Name\nB\n')]
    const path = first.headers.get('location') ?? ''
    expect(again.headers.get('location')).toBe(path)
    expect(other.headers.get('location')).not.toBe(path)
    await merchant.fillIn(path, {}, `${path}/checks`)
    const stale = await formFields(await merchant.get(path), `${path}/runs`)
    await merchant.fillIn(`${path}?columns`, {}, `${path}/checks`)
    const refused = await merchant.follow(await merchant.post(`${path}/runs`, stale))
    expect(await textOf(refused)).toContain('The file has been checked again in the meantime.')
    expect(await stored()).toEqual([])
    const fresh = await formFields(await merchant.get(path), `${path}/runs`)
    await Promise.all([merchant.post(`${path}/runs`, fresh), merchant.post(`${path}/runs`, fresh)])
    expect(await stored()).toHaveLength(1)
  })
})
