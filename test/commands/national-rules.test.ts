/** Checks what the laws of a seller's country require of a document: words, labels, dates and checks, from the draft to the issued file. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../src/commands/contacts/create-contact'
import { createCreditNote } from '../../src/commands/documents/create-credit-note'
import { createDraft } from '../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../src/commands/documents/finalise-document'
import { loadSnapshot } from '../../src/commands/documents/load-snapshot'
import type { AccountSettings, Company } from '../../src/domain/company'
import type { Contact } from '../../src/domain/contact'
import type { DocumentContent, DocumentSnapshot } from '../../src/domain/document'
import { drawDocument } from '../../src/pdf/draw-document'
import { routes } from '../../src/routes'
import { companyOf, contactOf, insertAccount } from '../support/accounts'
import { formFields, signUp, textOf } from '../support/client'
import { freshStorage } from '../support/database'
import { testDeps } from '../support/deps'
import { snapshot as oldPaper } from '../support/document-snapshots'
import { contentOf, lineOf } from '../support/documents'
import { readPdf } from '../support/read-pdf'

const deps = testDeps({ now: () => Date.parse('2026-11-24T10:00:00Z') })

beforeAll(freshStorage)

interface Case {
  company?: Partial<Company>
  settings?: Partial<AccountSettings>
  contact?: Partial<Contact>
  content?: Partial<DocumentContent>
}

const inCountry = (country: string, company: Partial<Company> = {}): Partial<Company> => ({
  ...{ address: { ...companyOf().address, country }, vatId: '', taxNumber: '1' },
  ...company,
})

async function merchant({ company = {}, settings = {}, contact = {}, content = {} }: Case) {
  const accountId = await insertAccount(deps, { company, settings })
  const contactId = await createContact(deps, { accountId, id: deps.newId('con'), contact: contactOf(contact) })
  const add = async (more: Partial<DocumentContent> = {}) => {
    const documentId = deps.newId('doc')
    const input = { accountId, documentId, contactId, content: contentOf({ ...content, ...more }), actor: 'usr_1' }
    await createDraft(deps, { ...input, kind: 'invoice' })
    return documentId
  }
  const credit = async (refersTo: string) => {
    const documentId = deps.newId('doc')
    await createCreditNote(deps, { accountId, refersTo, documentId, content: contentOf(content), actor: 'usr_1' })
    return documentId
  }
  const finalise = (documentId: string) => finaliseDocument(deps, { accountId, documentId, version: 1, actor: 'usr_1' })
  const snapshotOf = async (documentId: string): Promise<DocumentSnapshot> => {
    const loaded = await loadSnapshot(deps, accountId, documentId)
    if (!loaded) throw new Error('no document')
    return loaded.snapshot
  }
  return { add, credit, finalise, snapshotOf }
}

/** Returns the snapshot of an issued invoice, and the text of its PDF. */
async function issued(parts: Case): Promise<{ snapshot: DocumentSnapshot; texts: string[] }> {
  const { add, finalise, snapshotOf } = await merchant(parts)
  const id = await add()
  expect(await finalise(id)).toMatchObject({ ok: true })
  const snapshot = await snapshotOf(id)
  return { snapshot, texts: await textsOf(snapshot) }
}

async function textsOf(snapshot: DocumentSnapshot): Promise<string[]> {
  const { pages } = await readPdf((await drawDocument(snapshot)).bytes)
  return pages.flat().map((text) => text.replaceAll('\u00a0', ' '))
}

/** Returns the reasons why an invoice stays a draft. */
async function missingOf(parts: Case): Promise<string[]> {
  const { add, finalise } = await merchant(parts)
  const result = await finalise(await add())
  return 'missing' in result ? [...result.missing] : []
}

const reasonsOf = async (parts: Case) => (await issued(parts)).snapshot.taxReasons

describe('the date of supply', () => {
  it.each(['DE', 'AT'])(
    'stands on every document of %s, and is the issue date where nothing else was said',
    async (country) => {
      const { snapshot, texts } = await issued({ company: inCountry(country), contact: { language: 'de' } })
      expect(snapshot.content).toMatchObject({ supplyFrom: '2026-11-24', supplyTo: '' })
      expect(texts).toContain('Leistungsdatum')
    },
  )

  it('is left out elsewhere unless it differs, and stays as it was typed', async () => {
    const { texts } = await issued({ contact: { language: 'de' } })
    expect(texts).not.toContain('Leistungsdatum')
    const typed = { supplyFrom: '2026-10-01', supplyTo: '2026-10-31' }
    expect((await issued({ company: inCountry('DE'), content: typed })).snapshot.content).toMatchObject(typed)
  })

  it('of a credit note is that of the document that it credits', async () => {
    const { add, credit, finalise, snapshotOf } = await merchant({ company: inCountry('DE') })
    const invoice = await add({ issueDate: '2026-11-03' })
    expect(await finalise(invoice)).toMatchObject({ ok: true })
    expect((await snapshotOf(await credit(invoice))).content).toMatchObject({ supplyFrom: '2026-11-03' })
  })

  it('is not added to a document that was issued without it', async () => {
    const texts = await textsOf(oldPaper({ language: 'de', content: { supplyFrom: '', supplyTo: '' } }))
    expect(texts).not.toContain('Leistungsdatum')
  })
})

describe('labels of registration numbers', () => {
  const footer = async (company: Partial<Company>, language: string) =>
    (await issued({ company, contact: { language } })).texts.join(' · ')

  it.each(['de', 'it', 'es', 'en', 'fr'])('a SIRET is called so in a document in %s', async (language) => {
    expect(await footer({ taxNumber: '403 032 650 00015' }, language)).toContain('SIRET 403 032 650 00015')
  })

  it('the language’s general label is used for a number without a national name', async () => {
    expect(await footer({ taxNumber: '403 032 650' }, 'it')).toContain('SIREN 403 032 650')
    expect(await footer(inCountry('DE', { taxNumber: '27/123/45678' }), 'it')).toContain('Numero fiscale 27/123/45678')
    expect(await footer(inCountry('DE', { taxNumber: '27/123/45678' }), 'de')).toContain('Steuernummer 27/123/45678')
    expect(await footer(inCountry('DE', { taxNumber: '27/123/45678' }), 'es')).toContain('Número fiscal 27/123/45678')
    expect(await footer(inCountry('IT', { taxNumber: '01234567890' }), 'de')).toContain('Codice fiscale 01234567890')
  })

  it('Switzerland’s tax is MWST, Austria’s number UID, in German only', async () => {
    const swiss = inCountry('CH', { vatId: 'CHE-123.456.789 MWST', taxNumber: '' })
    const german = await footer(swiss, 'de')
    expect(german).toContain('MWST-Nr. CHE-123.456.789 MWST')
    expect(german).not.toMatch(/USt|Umsatzsteuer/)
    expect(await footer(swiss, 'fr')).toContain('N° de TVA CHE-123.456.789')
    expect(await footer(inCountry('AT', { vatId: 'ATU12345678' }), 'de')).toContain('UID-Nr. ATU12345678')
    expect(await footer(inCountry('DE', { vatId: 'DE136695976' }), 'de')).toContain('USt-IdNr. DE136695976')
  })

  it('a customer’s tax code is not called a VAT number', async () => {
    const contact = { language: 'it', kind: 'person', vatId: 'FRRMRC80A01F205X' } as const
    const { texts } = await issued({ contact })
    expect(texts).toContain('Codice fiscale')
    expect(texts).not.toContain('Vostra partita IVA')
  })

  it('stay unchanged on documents issued before', async () => {
    const old = oldPaper({ language: 'it', seller: { taxNumber: '40303265000015' } })
    expect((await textsOf(old)).join(' · ')).toContain('Codice fiscale 40303265000015')
  })
})

describe('the reason why there is no tax', () => {
  const exempt = (reason: 'small_business' | 'insurance' | 'letting' | 'medical'): Partial<DocumentContent> => ({
    lines: [lineOf({ taxCategory: 'E', taxRate: '0' })],
    taxReasons: [{ category: 'E', reason, text: '' }],
  })
  const without = (taxCategory: 'G' | 'AE' | 'O') => ({ lines: [lineOf({ taxCategory, taxRate: '0' })] })

  it('uses the wording of the law of 2025 for a small business', async () => {
    const of = async (country: string, language: string) =>
      (await reasonsOf({ company: inCountry(country), contact: { language }, content: exempt('small_business') }))?.[0]
    expect(await of('BE', 'fr')).toEqual({
      category: 'E',
      code: '',
      text: 'Régime particulier de la franchise de taxe.',
    })
    for (const language of ['en', 'de', 'it', 'es'])
      expect((await of('BE', language))?.text).toContain('Régime particulier de la franchise de taxe')
    expect((await of('DE', 'de'))?.text).toBe('Steuerbefreiung für Kleinunternehmer (§ 19 UStG).')
    expect(await of('FR', 'fr')).toMatchObject({ code: 'VATEX-FR-FRANCHISE' })
  })

  it('has the code of article 135 for insurance and letting', async () => {
    for (const reason of ['insurance', 'letting'] as const)
      expect(await reasonsOf({ content: exempt(reason) })).toMatchObject([{ code: 'VATEX-EU-135-1' }])
  })

  it('cites no directive or code of the EU if the seller is outside', async () => {
    const outside = inCountry('CH', { vatId: 'CHE-123.456.789 MWST' })
    const contact = { vatId: 'DE136695976', language: 'en' }
    for (const content of [without('G'), without('O'), exempt('medical'), exempt('letting')]) {
      const [reason] = (await reasonsOf({ company: outside, contact, content })) ?? []
      expect(reason?.code).toBe('')
      expect(reason?.text).not.toMatch(/Directive|Article/)
    }
    const registered = { ...outside, vatId: 'DE136695976' }
    expect(await reasonsOf({ company: registered, contact, content: without('G') })).toMatchObject([
      { code: 'VATEX-EU-G', text: expect.stringContaining('Directive 2006/112/EC') },
    ])
  })
})

describe('checks before a number is taken', () => {
  const reverse = { taxCategory: 'AE', taxRate: '0' } as const
  const community = { lines: [lineOf({ taxCategory: 'K', taxRate: '0' })] }

  it('require the customer’s VAT number if only a surcharge is reverse-charged', async () => {
    const content = { adjustments: [{ type: 'charge', reason: 'Freight', amount: '5', ...reverse } as const] }
    expect(await missingOf({ content })).toEqual(['contact_vat_id'])
    expect(await missingOf({ content, contact: { vatId: 'DE136695976' } })).toEqual([])
  })

  it('do not accept a person’s tax code as a VAT number', async () => {
    expect(await missingOf({ content: community, contact: { vatId: 'FRRMRC80A01F205X' } })).toEqual(['contact_vat_id'])
  })

  it('allow domestic reverse charge with a tax number alone', async () => {
    const company = inCountry('DE', { taxNumber: '27/123/45678' })
    const content = { lines: [lineOf(reverse)] }
    expect(await missingOf({ company, content, contact: { vatId: 'DE136695976' } })).toEqual([])
  })

  it('allow intra-Community supply only between two member states', async () => {
    const contact = { vatId: 'DE136695976' }
    expect(await missingOf({ content: community, contact })).toEqual([])
    const austrian = { vatId: 'ATU12345678', address: { ...contactOf().address, country: 'US' } }
    expect(await missingOf({ content: community, contact: austrian })).toEqual([])
    const german = inCountry('DE', { vatId: 'DE123456789' })
    expect(await missingOf({ company: german, content: community, contact })).toEqual(['contact_other_state'])
    const british = { vatId: 'GB 123 4567 89', address: { ...contactOf().address, country: 'GB' } }
    expect(await missingOf({ content: community, contact: british })).toEqual(['contact_other_state'])
    const northern = { ...british, vatId: 'XI123456789' }
    expect(await missingOf({ content: community, contact: northern })).toEqual([])
    const swiss = inCountry('CH', { vatId: 'CHE-123.456.789 MWST' })
    expect(await missingOf({ company: swiss, content: community, contact })).toEqual(['tax_intra_community'])
  })

  it('require a rate on taxable lines, also in a draft that was stored before', async () => {
    expect(await missingOf({ content: { lines: [lineOf({ taxRate: '0' })] } })).toEqual(['tax_rate_zero'])
  })

  it('refuse a negative price, also in a draft that was stored with one', async () => {
    const lines = [lineOf({ unitPrice: '300' }), lineOf({ unitPrice: '-50', quantity: '2' })]
    const { snapshot } = await issued({ content: { lines } })
    expect(snapshot.content.lines[1]).toMatchObject({ unitPrice: '50', quantity: '-2' })
    expect(snapshot.totals).toMatchObject({ net: 20000, tax: 4000 })
  })
})

describe('forms', () => {
  it('offer intra-Community supply in the EU only', async () => {
    const french = await signUp()
    const swiss = await signUp({ company: inCountry('CH', { vatId: 'CHE-123.456.789 MWST' }) })
    for (const [client, offered] of [
      [french, true],
      [swiss, false],
    ] as const) {
      const fields = await formFields(await client.get(routes.newDocument), routes.documents)
      const form = await client.post(routes.documentForm, { ...fields, act: 'line:add' })
      expect((await form.text()).includes('value="K:0"')).toBe(offered)
      expect(/<option value="K"/.test(await (await client.get(routes.taxSettings)).text())).toBe(offered)
    }
  })

  it('send a codice fiscale to the field of the tax number', async () => {
    const merchant = await signUp()
    const page = await merchant.fillIn(routes.companySettings, { vatId: 'FRRMRC80A01F205X' })
    expect(page.status).toBe(422)
    expect(await textOf(page)).toContain('This is a codice fiscale, not a VAT number.')
  })
})
