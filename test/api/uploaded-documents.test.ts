import { env } from 'cloudflare:test'
import { beforeAll, expect, it } from 'vitest'
import { removeDocumentsWithObjects } from '../../src/commands/documents/remove-documents'
import { sweepFiles } from '../../src/commands/maintenance/sweep-files'
import { readMail } from '../../src/commands/stored-mail'
import { readMime } from '../../src/mail/read-mime'
import { routes } from '../../src/routes'
import { type Api, apiFor } from '../support/api'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { deliverDue } from '../support/mailed'
import { send } from '../support/sendable'

beforeAll(freshStorage)

const PDF = '%PDF-1.7\n% drawn by the shop: é ÿ\n%%EOF\n'
const FACTS = {
  ...{ type: 'invoice', number: 'SHOP-17', currency: 'EUR', total: '120.00', tax: '20' },
  ...{ issue_date: '2026-11-20', due_date: '2026-12-20', language: 'fr' },
  contact: { name: 'Librairie Passages', kind: 'person', emails: ['delivered@simulator.test'] },
}

let merchant: Merchant
let api: Api

beforeAll(async () => {
  merchant = await signUp({ settings: { batchWindowMs: 0 } })
  api = await apiFor(merchant)
})

function formOf(facts: object, pdf = PDF): FormData {
  const form = new FormData()
  form.set('document', JSON.stringify(facts))
  form.set('pdf', new File([pdf], 'invoice.pdf', { type: 'application/pdf' }))
  return form
}

async function upload(facts: object = {}, { pdf = PDF, client = api } = {}) {
  const answer = await client('/documents', { body: formOf({ ...FACTS, ...facts }, pdf) })
  expect(answer.status, answer.text).toBe(201)
  return answer.json
}

const count = async () => (await rows('SELECT 1 FROM documents WHERE account_id = ?', merchant.accountId)).length

it('is final at once, and listed with its facts', async () => {
  const made = await upload({ external_id: 'shop-17', metadata: { shop: 'north' } })
  expect(made).toMatchObject({
    ...{ state: expect.stringMatching(/open|overdue/), number: 'SHOP-17', made_elsewhere: true, lines: [], taxes: [] },
    ...{
      net: '100.00',
      tax: '20.00',
      total: '120.00',
      amount_due: '120.00',
      language: 'fr',
      contact_name: 'Librairie Passages',
    },
    ...{ issue_date: '2026-11-20', due_date: '2026-12-20', external_id: 'shop-17', metadata: { shop: 'north' } },
  })
  const pdf = await api(`/documents/${made.id}/pdf`)
  expect([pdf.status, pdf.text]).toEqual([200, PDF])
  expect((await api('/documents?number=SHOP-17')).json.data).toMatchObject([{ id: made.id, total: '120.00' }])
  expect((await api(`/documents/${made.id}/history`)).json.data).toMatchObject([
    { type: 'finalized' },
    { type: 'created' },
  ])
  const events = await api('/events?type=document.finalized')
  expect(events.json.data[0].data.document).toMatchObject({
    id: made.id,
    external_id: 'shop-17',
    metadata: { shop: 'north' },
  })
  const paid = await api(`/documents/${made.id}/payments`, { json: {} })
  expect(paid.json.state).toBe('paid')
})

it('is mailed byte for byte, and shown to merchant and customer with its PDF', async () => {
  const { id, number } = await upload({ number: 'SHOP-18' })
  await send(merchant, id)
  const deps = testDeps({ log: () => {}, now: () => Date.now() + 1000 })
  await deliverDue(deps)
  const delivery = await row<{ id: string; status: string }>(
    'SELECT id, status FROM deliveries WHERE document_id = ?',
    id,
  )
  expect(delivery.status).toBe('sent')
  const { mime } = await readMail(deps, { accountId: merchant.accountId, id: delivery.id })
  const text = new TextDecoder().decode(mime)
  expect(text).toContain('filename=SHOP-18.pdf')
  expect(text.replaceAll('\r\n', '')).toContain(Buffer.from(PDF).toString('base64'))

  const page = await (await merchant.get(routes.document(id))).text()
  expect(page).toContain(number)
  expect(page).toContain('made with other software')
  expect(page).not.toContain(routes.documentCopy(id))
  const token = /\/d\/([\w-]{22})/.exec((await readMime(mime)).text)?.[1] ?? ''
  const hosted = await merchant.get(routes.hosted(token))
  expect(hosted.status).toBe(200)
  expect(await hosted.text()).toContain(routes.hostedPdf(token))
  expect(await (await merchant.get(routes.hostedPdf(token))).text()).toBe(PDF)
  const list = await (await merchant.get(routes.documents)).text()
  expect(list).toContain('SHOP-18')
})

it('leaves with a link alone if no mail can hold its PDF', async () => {
  const { id } = await upload({ number: 'SHOP-19' }, { pdf: `%PDF-1.7\n${'x'.repeat(8_000_000)}\n%%EOF` })
  await send(merchant, id)
  await deliverDue(testDeps({ log: () => {}, now: () => Date.now() + 1000 }))
  const delivery = await row<{ status: string }>('SELECT status FROM deliveries WHERE document_id = ?', id)
  expect(delivery.status).toBe('sent')
  expect(await rows("SELECT 1 FROM history WHERE document_id = ? AND type = 'link_only'", id)).toHaveLength(1)
})

it('can’t be credited, voided, copied or changed', async () => {
  const { id } = await upload({ number: 'SHOP-20' })
  const before = await count()
  const credit = await api('/documents', { json: { type: 'credit_note', credits: id } })
  const voiding = await api(`/documents/${id}/voiding`, { method: 'POST' })
  expect([credit.json.code, voiding.json.code]).toEqual(['made_elsewhere', 'made_elsewhere'])
  expect((await api(`/documents/${id}`, { method: 'PATCH', json: { notes: 'x' } })).json.code).toBe('already_final')
  const copy = await merchant.follow(await merchant.post(routes.documentCopy(id), { copyId: '' }))
  expect(await copy.text()).toContain('This document was made with other software. Make its copy')
  expect((await merchant.get(routes.newCreditNote(id))).status).toBe(404)
  expect(await count()).toBe(before)
})

it('has a number that no other of its kind has, and moves no counter', async () => {
  const seller = await signUp()
  const client = await apiFor(seller)
  const draft = {
    type: 'invoice',
    contact: FACTS.contact,
    lines: [{ description: 'Paper', unit_price: '1' }],
    finalize: true,
  }
  const own = (await client('/documents', { json: draft })).json
  const taken = await client('/documents', { body: formOf({ ...FACTS, number: own.number }) })
  expect([taken.status, taken.json.code]).toEqual([409, 'number_exists'])
  const contacts = await rows('SELECT 1 FROM contacts WHERE account_id = ?', seller.accountId)
  expect(contacts).toHaveLength(1)
  await upload({ number: 'X-1' }, { client })
  await upload({ number: 'X-1', type: 'receipt' }, { client })
  await upload({ number: 'X-1' }, { client: await apiFor(seller, { test: true }) })
  const next = (await client('/documents', { json: draft })).json
  expect(Number(/\d+$/.exec(next.number)?.[0])).toBe(Number(/\d+$/.exec(own.number)?.[0]) + 1)
})

it('is made once, however often its request comes', async () => {
  const headers = { 'idempotency-key': 'shop-21', 'content-type': 'multipart/form-data; boundary=b' }
  const body = [
    `--b\r\nContent-Disposition: form-data; name="document"\r\n\r\n${JSON.stringify({ ...FACTS, number: 'SHOP-21' })}`,
    `--b\r\nContent-Disposition: form-data; name="pdf"; filename="a.pdf"\r\n\r\n${PDF}`,
    '--b--\r\n',
  ].join('\r\n')
  const first = await api('/documents', { method: 'POST', body, headers })
  expect(first.status, first.text).toBe(201)
  await rows("UPDATE idempotency_keys SET status = NULL, leased_until = 0 WHERE key = 'shop-21' RETURNING key")
  const again = await api('/documents', { method: 'POST', body, headers })
  expect([again.status, again.json.id]).toEqual([201, first.json.id])
})

it.each([
  ['a file that is no PDF', {}, 'GIF89a', '/pdf', 'pdf_invalid'],
  ['a PDF that was cut off', {}, '%PDF-1.7\nhalf', '/pdf', 'pdf_invalid'],
  ['an encrypted PDF', {}, '%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF', '/pdf', 'pdf_encrypted'],
  ['a PDF of more than 10 MB', {}, `%PDF-1.7\n${'x'.repeat(10 * 1024 * 1024)}\n%%EOF`, '/pdf', 'pdf_too_large'],
  ['a tax above the total', { tax: '121' }, PDF, '/tax', 'invalid'],
  ['an invoice without a due date', { due_date: undefined }, PDF, '/due_date', 'missing'],
  ['lines', { lines: [] }, PDF, '/lines', 'unknown_field'],
  ['a wrong currency', { currency: 'EURO' }, PDF, '/currency', 'currency_unknown'],
  ['no customer', { contact: undefined }, PDF, '/contact_id', 'missing'],
])('refuses %s, and keeps nothing', async (_, facts, pdf, pointer, code) => {
  const before = await count()
  const contacts = await rows('SELECT 1 FROM contacts WHERE account_id = ?', merchant.accountId)
  const answer = await api('/documents', { body: formOf({ ...FACTS, number: 'SHOP-99', ...facts }, pdf) })
  expect([answer.status, answer.json.errors[0]]).toMatchObject([422, { pointer, code }])
  expect(await count()).toBe(before)
  expect(await rows('SELECT 1 FROM contacts WHERE account_id = ?', merchant.accountId)).toHaveLength(contacts.length)
})

it('keeps its PDF when another document with the same one is deleted', async () => {
  const [first, second] = [await upload({ number: 'SHOP-30' }), await upload({ number: 'SHOP-31' })]
  const later = testDeps({ log: () => {}, now: () => Date.now() + 3 * 86_400_000 })
  const objects = async (id: string) =>
    (await env.BUCKET.list({ prefix: `pdf/${merchant.accountId}/${id}` })).objects.length
  await removeDocumentsWithObjects(testDeps(), merchant.accountId, [{ id: first.id, pdfSha256: null }])
  await sweepFiles(later)
  expect([await objects(first.id), await objects(second.id)]).toEqual([0, 1])
  expect((await api(`/documents/${second.id}/pdf`)).text).toBe(PDF)
})
