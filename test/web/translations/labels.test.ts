import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadPdf } from '../../../src/commands/documents/load-pdf'
import { TEXT_KINDS } from '../../../src/domain/translation'
import { ALL_LABELS } from '../../../src/i18n/labels'
import { routes } from '../../../src/routes'
import { Client, type FormFields, formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { mailed } from '../../support/mailed'
import { readPdf } from '../../support/read-pdf'
import { draftFor, invoiceFor, send } from '../../support/sendable'

let merchant: Merchant

beforeAll(freshStorage)
beforeEach(async () => {
  merchant = await signUp({ settings: { batchWindowMs: 0 } })
})

const label = (language: string, fields: FormFields) => merchant.fillIn(routes.labels(language), fields)
const addPolish = () => merchant.fillIn(routes.translations, { tag: 'pl', copyOf: 'en' })

async function pdfTexts(documentId: string): Promise<string> {
  const pdf = await loadPdf(testDeps(), merchant.accountId, documentId)
  return (await readPdf(pdf?.bytes ?? new Uint8Array())).pages.flat().join('\n')
}

/** Returns the page behind the link in a document's mail. */
async function hostedPage(text: string): Promise<Response> {
  const path = /\/d\/[\w-]{22}/.exec(text)?.[0] ?? ''
  return new Client().get(path)
}

describe('the labels of a language', () => {
  it('apply to PDF, page and mail of documents finalised later, and to none issued before', async () => {
    const before = await invoiceFor(merchant)
    const issued = await pdfTexts(before)
    const saved = await label('de', {
      'document.total': 'Summe aller Dinge',
      'mail.invoice.action': 'Hier lang',
      'hosted.download': 'PDF bitte',
    })
    expect(saved.status).toBe(303)

    const after = await invoiceFor(merchant)
    expect(await pdfTexts(after)).toContain('Summe aller Dinge')
    await send(merchant, after)
    const mail = await mailed(merchant, after)
    expect(mail.html).toContain('Hier lang')
    expect(mail.text).toContain('Hier lang')
    const page = await textOf(await hostedPage(mail.text))
    expect(page).toContain('Summe aller Dinge')
    expect(page).toContain('PDF bitte')

    expect(await pdfTexts(before)).toBe(issued)
    await send(merchant, before)
    const old = await mailed(merchant, before)
    expect(old.text).not.toContain('Hier lang')
    expect(await textOf(await hostedPage(old.text))).not.toMatch(/Summe aller Dinge|PDF bitte/)
  })

  it('are frozen: a PDF drawn later has the labels of the time of issue', async () => {
    await addPolish()
    await label('pl', { 'document.total': 'Razem', 'document.kind.invoice': 'Faktura', 'unit.HUR.few': 'godziny' })
    const line = {
      id: 'l1',
      description: 'Praca',
      quantity: '3',
      unit: 'HUR',
      unitPrice: '10',
      taxRate: '20',
      taxCategory: 'S' as const,
    }
    const sendable = { contact: { language: 'pl' }, content: { lines: [line] } }
    const [drawn, undrawn] = [await invoiceFor(merchant, sendable), await invoiceFor(merchant, sendable)]
    const first = await pdfTexts(drawn)
    expect(first).toMatch(/Razem/)
    expect(first).toMatch(/Faktura/)
    expect(first).toContain('godziny')
    await label('pl', { 'document.total': 'Zupełnie inaczej' })
    await merchant.post(routes.languageDeletion('pl'))
    const number = async (id: string) =>
      (await row<{ number: string }>('SELECT number FROM documents WHERE id = ?', id)).number
    expect((await pdfTexts(undrawn)).replaceAll(await number(undrawn), await number(drawn))).toBe(first)
  })

  it('show on a draft as they are now', async () => {
    const draft = await draftFor(merchant)
    await label('de', { 'document.total': 'Alles zusammen' })
    expect(await pdfTexts(draft)).toContain('Alles zusammen')
    expect(await textOf(await merchant.get(routes.document(draft)))).toContain('Alles zusammen')
  })

  it('are the built-in ones if they are equal or empty', async () => {
    await label('de', { 'document.total': 'Anders' })
    await label('de', { 'document.total': '' })
    expect(await rows('SELECT texts FROM labels WHERE account_id = ?', merchant.accountId)).toEqual([{ texts: '{}' }])
    expect((await formFields(await merchant.get(routes.labels('de')), routes.labels('de')))['document.total']).toBe(
      'Gesamtbetrag',
    )
  })

  it('must keep their placeholders', async () => {
    const response = await label('en', { 'document.page': 'Page {page}', 'document.total': 'All {x}' })
    expect(response.status).toBe(422)
    const page = await textOf(response.clone())
    expect(page).toContain('must be kept: {page} {pages}')
    expect(page).toContain('The placeholder {x} does not exist here.')
    expect((await formFields(response, routes.labels('en')))['document.page']).toBe('Page {page}')
    expect(await rows('SELECT * FROM labels WHERE account_id = ?', merchant.accountId)).toEqual([])
  })

  it('are shown in both versions if another person saved meanwhile', async () => {
    const opened = await formFields(await merchant.get(routes.labels('en')), routes.labels('en'))
    await label('en', { 'document.total': 'Theirs' })
    const response = await merchant.post(routes.labels('en'), { ...opened, 'document.total': 'Mine' })
    expect(response.status).toBe(409)
    expect(await textOf(response.clone())).toMatch(/Total Mine Theirs/)
    await merchant.post(routes.labels('en'), await formFields(response, routes.labels('en')))
    expect(await textOf(await merchant.get(routes.auditList))).toMatch(
      /changed labels in English.*Total .*Theirs.*Mine/,
    )
    expect((await formFields(await merchant.get(routes.labels('en')), routes.labels('en')))['document.total']).toBe(
      'Mine',
    )
  })

  it('never bring markup into a mail or a page', async () => {
    await label('de', {
      'mail.invoice.action': '<b onclick="x">{{ company.name }}</b>',
      'document.total': '<script>alert(1)</script>',
    })
    const id = await invoiceFor(merchant)
    await send(merchant, id)
    const { html, text } = await mailed(merchant, id)
    expect(html).not.toMatch(/<b onclick|<script>alert/)
    // Liquid in a label is plain text.
    expect(text).toContain('<b onclick="x">{{ company.name }}</b>')
    expect(await (await hostedPage(text)).text()).not.toMatch(/<script>alert/)
  })
})

describe('labels of a custom language', () => {
  it('start as a copy, are listed when they are missing, and then come from the next language', async () => {
    await addPolish()
    expect(await textOf(await merchant.get(routes.translations))).not.toContain('texts and labels')
    await label('pl', { 'document.total': '', 'document.net': 'Netto' })
    const total = ALL_LABELS.length + TEXT_KINDS.length
    expect(await textOf(await merchant.get(routes.translations))).toContain(`${total - 1} of ${total} texts and labels`)
    expect(await textOf(await merchant.get(routes.languageTexts('pl')))).toMatch(/1 missing Total/)
    expect(await textOf(await merchant.get(routes.labels('pl')))).toContain('Missing: “Total TTC” is used instead.')
    const id = await invoiceFor(merchant, { contact: { language: 'pl' } })
    const texts = await pdfTexts(id)
    expect(texts).toContain('Total TTC')
    expect(texts).toContain('Netto')
  })

  it('warn where a PDF can’t be drawn in their script', async () => {
    await merchant.fillIn(routes.translations, { tag: 'ja', copyOf: 'en' })
    expect(await textOf(await merchant.get(routes.labels('ja')))).toContain('PDFs can show Latin')
    expect(await textOf(await merchant.get(routes.labels('de')))).not.toContain('PDFs can show Latin')
  })
})
