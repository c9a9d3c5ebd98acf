import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../../src/routes'
import { Client, type FormFields, formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'

let merchant: Merchant

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ email: 'contacts@facteur.test' })
})

const create = (fields: FormFields, as = merchant) => as.fillIn(routes.newContact, fields, routes.contacts)

/** Creates one and returns its path. */
async function created(fields: FormFields, as = merchant): Promise<string> {
  const response = await create(fields, as)
  expect(response.status).toBe(303)
  return response.headers.get('location') ?? ''
}

describe('a new contact', () => {
  it('is asked for while there is none', async () => {
    expect(await textOf(await merchant.get(routes.contacts))).toContain('Your customers go here')
  })

  it('is created, cleaned, and shown with everything', async () => {
    const response = await create({
      kind: 'company',
      name: '  Librairie   Aubert ',
      emails: 'Compta@Aubert.Example; \u200bana@bücher.example',
      lines: '3 place Bellecour\nBâtiment B',
      postcode: '69002',
      town: 'Lyon',
      country: 'FR',
      vatId: 'fr 12 345678901',
      language: 'de',
      currency: 'CHF',
      notes: 'Rings twice',
      externalId: 'cus_42',
      source: 'Shop',
    })
    const text = await textOf(await merchant.follow(response))
    for (const part of [
      'The contact was created.',
      'Librairie Aubert',
      'Compta@aubert.example',
      'ana@xn--bcher-kva.example',
      '69002 Lyon France',
      'FR12345678901',
      'German',
      'CHF – Swiss Franc',
      'Rings twice',
      'cus_42',
      'Shop',
    ])
      expect(text).toContain(part)
  })

  it('begins in the country of the merchant, as a company', async () => {
    const fields = await formFields(await merchant.get(routes.newContact), routes.contacts)
    expect(fields).toMatchObject({ country: 'FR', kind: 'company', language: '', currency: '' })
    expect(fields.id).toMatch(/^con_/)
  })

  it('is created once, however often its form is sent', async () => {
    const fields = { ...(await formFields(await merchant.get(routes.newContact), routes.contacts)), name: 'Twice' }
    const responses = await Promise.all([
      merchant.post(routes.contacts, fields),
      merchant.post(routes.contacts, fields),
    ])
    expect(new Set(responses.map((response) => response.headers.get('location'))).size).toBe(1)
    expect(await rows("SELECT id FROM contacts WHERE name = 'Twice'")).toHaveLength(1)
  })

  it('shows every error beside its field, and keeps the typed values', async () => {
    const typed = { name: '', emails: 'anna, ben@example.org, carla@ex ample.org', notes: 'Keep\nme', vatId: 'FR1' }
    const response = await create(typed)
    expect(response.status).toBe(422)
    const page = response.clone()
    const text = await textOf(response)
    expect(text).toContain('Enter a name.')
    expect(text).toContain('“anna” is not an e-mail address: it has no @. “carla@ex ample.org” has a space inside.')
    expect(text).toContain('A VAT number beginning with FR has a different format.')
    expect(await formFields(page, routes.contacts)).toMatchObject(typed)
    expect(await rows("SELECT id FROM contacts WHERE notes LIKE 'Keep%'")).toHaveLength(0)
  })

  it('refuses an id that newId can’t have made', async () => {
    const path = await created({ id: '../../settings', name: 'Odd id' })
    expect(path).toMatch(/^\/contacts\/con_[0-9a-z]{26}$/)
  })
})

describe('editing a contact', () => {
  it('replaces what was there', async () => {
    const path = await created({ name: 'Before', emails: 'before@example.org' })
    const saved = await merchant.fillIn(`${path}/edit`, { name: 'After', emails: '' }, path)
    const text = await textOf(await merchant.follow(saved))
    expect(text).toContain('The contact was saved.')
    expect(text).toContain('After')
    expect(text).toContain('No e-mail yet')
    expect(text).not.toContain('Before')
  })

  it('shows both versions when the form is stale, and then saves', async () => {
    const path = await created({ name: 'Original', town: 'Lyon' })
    const mine = await formFields(await merchant.get(`${path}/edit`), path)
    await merchant.fillIn(`${path}/edit`, { name: 'Theirs' }, path)
    const conflict = await merchant.post(path, { ...mine, name: 'Mine', town: 'Paris' })
    expect(conflict.status).toBe(409)
    const again = await formFields(conflict.clone(), path)
    const text = await textOf(conflict)
    expect(text).toContain('Someone else saved this in the meantime')
    expect(text).toContain('Name Mine Theirs')
    expect(again).toMatchObject({ name: 'Mine', town: 'Paris', version: '2' })
    expect((await merchant.post(path, again)).status).toBe(303)
    expect(await row('SELECT name, version FROM contacts WHERE id = ?', path.slice('/contacts/'.length))).toEqual({
      name: 'Mine',
      version: 3,
    })
  })

  it('shows the form again with its errors', async () => {
    const path = await created({ name: 'Stays' })
    const response = await merchant.fillIn(`${path}/edit`, { name: 'Stays', country: 'XX' }, path)
    expect(response.status).toBe(422)
    expect(await textOf(response)).toContain('Choose a country from the list.')
  })
})

describe('archiving a contact', () => {
  it('removes it from the list, and restores it', async () => {
    const path = await created({ name: 'Quiet Customer' })
    const listed = async (query = '') =>
      (await textOf(await merchant.get(`${routes.contacts}${query}`))).includes('Quiet Customer')
    expect(await textOf(await merchant.follow(await merchant.post(`${path}/archive`)))).toContain('its documents stay')
    expect([await listed(), await listed('?archived=yes')]).toEqual([false, true])
    await merchant.post(`${path}/restoration`)
    expect([await listed(), await listed('?archived=yes')]).toEqual([true, false])
  })
})

describe('the list', () => {
  let seller: Merchant

  beforeAll(async () => {
    seller = await signUp({ email: 'list@facteur.test' })
    await created({ name: 'Éléonore Dupré', emails: 'post@dupre.example' }, seller)
    for (let n = 10; n < 62; n++) await created({ name: `Client ${n}` }, seller)
  })

  const names = async (path: string) => (await textOf(await seller.get(path))).match(/Client \d+|Éléonore Dupré/g) ?? []

  it('finds by the beginning of a name, without accents, else of an address', async () => {
    expect(await names(`${routes.contacts}?q=eleo`)).toEqual(['Éléonore Dupré'])
    expect(await names(`${routes.contacts}?q=post`)).toEqual(['Éléonore Dupré'])
    expect(await names(`${routes.contacts}?q=post@d`)).toEqual(['Éléonore Dupré'])
    expect(await names(`${routes.contacts}?q=upre`)).toEqual([])
    expect(await textOf(await seller.get(`${routes.contacts}?q=%3Cb%3E`))).toContain('begins with “<b>”')
  })

  it('goes on to the next page of the same search', async () => {
    const path = `${routes.contacts}?q=client`
    const next = /href="([^"]+)" rel="next"/.exec(await (await seller.get(path)).text())?.[1]?.replaceAll('&amp;', '&')
    const [first, second] = [await names(path), await names(next ?? '')]
    expect([first.length, second]).toEqual([50, ['Client 60', 'Client 61']])
    expect(await (await seller.get(next ?? '')).text()).not.toContain('rel="next"')
  })

  it('accepts any position and search', async () => {
    for (const query of ['after=x', 'after=|', 'by=x&after=a|b', `q=${'x'.repeat(500)}`, 'q=%00%ff', 'q=%25'])
      expect((await seller.get(`${routes.contacts}?${query}`)).status).toBe(200)
  })
})

describe('who may', () => {
  it('read but not write: viewers', async () => {
    const path = await created({ name: 'Seen' })
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer', email: 'viewer@facteur.test' })
    const shown = await viewer.get(path)
    expect(shown.status).toBe(200)
    expect(await textOf(shown)).not.toContain('Edit contact')
    expect((await viewer.get(routes.newContact)).status).toBe(403)
    expect((await viewer.post(routes.contacts, { name: 'No' })).status).toBe(403)
    expect((await viewer.post(`${path}/archive`)).status).toBe(403)
  })

  it('do nothing: other accounts, for whom it is not there', async () => {
    const path = await created({ name: 'Private' })
    const before = await rows('SELECT * FROM contacts ORDER BY id')
    const other = await signUp({ email: 'other@facteur.test' })
    const responses = [
      await other.get(path),
      await other.get(`${path}/edit`),
      await other.post(path, { name: 'Taken', version: '1' }),
      await other.post(`${path}/archive`),
      await other.post(`${path}/restoration`),
    ]
    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    const after = `|${path.slice('/contacts/'.length)}`
    expect(await textOf(await other.get(`${routes.contacts}?after=${encodeURIComponent(after)}`))).not.toContain(
      'Private',
    )
    expect(await rows('SELECT * FROM contacts ORDER BY id')).toEqual(before)
  })

  it('do nothing: people who are not signed in', async () => {
    const response = await new Client().get(routes.contacts)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toContain(routes.signIn)
  })
})
