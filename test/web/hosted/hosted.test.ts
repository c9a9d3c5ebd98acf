import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { pdfKey } from '../../../src/commands/documents/document-pdf'
import { Client, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { type Mailed, mailedDocument } from '../../support/hosted'

const DAY_MS = 86_400_000
const YEAR_AND_A_DAY_MS = 366 * DAY_MS

let merchant: Merchant
const visitor = new Client()

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ email: 'hosted@facteur.test' })
})

const mailed = (options: Parameters<typeof mailedDocument>[1] = {}) => mailedDocument(merchant.accountId, options)

const historyOf = async ({ documentId }: Mailed) =>
  (await rows<{ type: string }>('SELECT type FROM history WHERE document_id = ? ORDER BY id', documentId)).map(
    ({ type }) => type,
  )

const setDocument = ({ documentId }: Mailed, change: string) =>
  env.DB.prepare(`UPDATE documents SET ${change} WHERE id = ?`).bind(documentId).run()

/** Stores a PDF as if it had been drawn before. */
async function storePdf(mail: Mailed, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text)
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex()
  await env.BUCKET.put(pdfKey(merchant.accountId, sha256), bytes)
  await setDocument(mail, `pdf_sha256 = '${sha256}'`)
}

describe('the page behind a link', () => {
  it('shows in the language of the mail the amount due, the due date and how to pay', async () => {
    const mail = await mailed()
    await setDocument(mail, "due_date = '2999-12-24'")
    const response = await visitor.get(mail.path, { 'accept-language': 'de' })
    const page = response.clone()
    const text = await textOf(response)
    expect(response.status).toBe(200)
    expect(await page.text()).toContain('<html lang="fr">')
    for (const part of [
      'Atelier Dupré',
      `Facture ${mail.number}`,
      'À payer',
      'Montant à payer 108,00 €',
      '24 décembre 2999',
      'Télécharger le PDF',
      'FR76 3000 6000 0112 3456 7890 189',
      'AGRIFRPP',
      'bonjour@atelier-dupre.example',
    ])
      expect(text).toContain(part)
  })

  it('forbids indexing, referrers and caching', async () => {
    const { headers } = await visitor.get((await mailed()).path)
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('private, no-store')
  })

  it('says that it is overdue, and asks for nothing once it is paid', async () => {
    const mail = await mailed()
    await setDocument(mail, "due_date = '2020-01-31'")
    expect(await textOf(await visitor.get(mail.path))).toContain('En retard')
    await setDocument(mail, 'paid_at = 1')
    const page = await visitor.get(mail.path)
    expect(await textOf(page.clone())).toContain('Paiement reçu')
    // The document still contains the bank details; the page does not ask for payment.
    expect(await page.text()).not.toContain('hosted-payment')
  })

  it('asks for what is left after a credit note', async () => {
    const mail = await mailed()
    await setDocument(mail, 'credited = 800')
    expect(await textOf(await visitor.get(mail.path))).toMatch(/Montant à payer 100,00\s€/)
  })

  it('marks a test', async () => {
    const mail = await mailed()
    await setDocument(mail, 'test = 1')
    expect(await textOf(await visitor.get(mail.path))).toContain('Ceci est un test.')
  })

  it('is not found for an invalid token, in the language of the visitor', async () => {
    for (const token of ['hosted-link-token-9999', 'x', '..%2f', 'ﬀ'.repeat(22)]) {
      const response = await visitor.get(`/d/${token}`, { 'accept-language': 'it' })
      expect(response.status).toBe(404)
      expect(await response.text()).toContain('<html lang="it">')
    }
  })

  it('escapes what people typed', async () => {
    const mail = await mailed()
    await setDocument(mail, `paper = json_set(paper, '$.seller.paymentNote', '<script>alert(1)</script>')`)
    expect(await (await visitor.get(mail.path)).text()).not.toContain('<script>alert')
  })
})

describe('the PDF', () => {
  it('comes as the stored bytes, for saving', async () => {
    const mail = await mailed()
    await storePdf(mail, '%PDF-stored')
    const response = await visitor.get(`${mail.path}/pdf`)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="h\d+-1\.pdf"$/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(new TextDecoder().decode(await response.arrayBuffer())).toBe('%PDF-stored')
  })

  it('is offered under a number in any letters', async () => {
    const mail = await mailed()
    await storePdf(mail, '%PDF-greek')
    await setDocument(mail, `number = 'ΤΙΜ-' || number`)
    const disposition = (await visitor.get(`${mail.path}/pdf`)).headers.get('content-disposition')
    expect(disposition).toMatch(
      /^attachment; filename="h\d+-1\.pdf"; filename\*=UTF-8''%CE%A4%CE%99%CE%9C-h\d+-1\.pdf$/,
    )
  })

  it('counts by its button, not by its address', async () => {
    const mail = await mailed()
    await storePdf(mail, '%PDF-counted')
    await visitor.get(`${mail.path}/pdf`)
    expect(await historyOf(mail)).toEqual([])
    const response = await visitor.post(`${mail.path}/downloads`)
    expect(response.headers.get('location')).toBe(`${mail.path}/pdf`)
    expect(await historyOf(mail)).toEqual(['downloaded'])
  })
})

describe('a view', () => {
  it('is counted once per link and hour, and names the delivery', async () => {
    const mail = await mailed()
    expect((await visitor.post(`${mail.path}/views`)).status).toBe(204)
    await visitor.post(`${mail.path}/views`)
    expect(await historyOf(mail)).toEqual(['viewed'])
    const viewed = await row(
      'SELECT account_id, actor, delivery_id FROM history WHERE document_id = ?',
      mail.documentId,
    )
    expect(viewed).toEqual({ account_id: merchant.accountId, actor: '', delivery_id: mail.deliveryId })
  })

  it('is not counted when the page is only fetched', async () => {
    const mail = await mailed()
    await visitor.get(mail.path)
    const head = await visitor.get(mail.path)
    expect(head.status).toBe(200)
    expect(await historyOf(mail)).toEqual([])
  })

  it('is not counted for the merchant, but for another merchant', async () => {
    const mail = await mailed()
    expect((await merchant.post(`${mail.path}/views`)).status).toBe(204)
    await merchant.post(`${mail.path}/downloads`)
    expect(await historyOf(mail)).toEqual([])
    const other = await signUp({ email: 'another@facteur.test' })
    await other.post(`${mail.path}/views`)
    expect(await historyOf(mail)).toEqual(['viewed'])
  })
})

describe('revoking the links of a document', () => {
  it('revokes all links mailed so far for good, but no later one', async () => {
    const mail = await mailed({ mailedAt: Date.now() - 1000 })
    const response = await merchant.post(`/documents/${mail.documentId}/links`)
    expect(response.headers.get('location')).toBe(`/documents/${mail.documentId}`)
    expect((await visitor.get(mail.path)).status).toBe(404)
    expect((await visitor.get(`${mail.path}/pdf`)).status).toBe(404)
    expect((await visitor.post(`${mail.path}/fresh-links`)).status).toBe(404)
    await setDocument(mail, 'links_revoked_at = links_revoked_at - 3600000')
    expect((await visitor.get(mail.path)).status).toBe(200)
  })

  it('has one entry in History, however often it is requested', async () => {
    const mail = await mailed({ mailedAt: Date.now() - 1000 })
    for (const _ of [1, 2]) await merchant.post(`/documents/${mail.documentId}/links`)
    expect(await historyOf(mail)).toEqual(['links_revoked'])
  })

  it('is for members of this account', async () => {
    const mail = await mailed({ mailedAt: Date.now() - 1000 })
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer', email: 'links-viewer@facteur.test' })
    const other = await signUp({ email: 'links-other@facteur.test' })
    expect((await viewer.post(`/documents/${mail.documentId}/links`)).status).toBe(403)
    expect((await other.post(`/documents/${mail.documentId}/links`)).status).toBe(404)
    expect((await visitor.get(mail.path)).status).toBe(200)
  })
})

describe('a link that has expired', () => {
  it('says so, shows nothing of the document, and offers a fresh one', async () => {
    const mail = await mailed({ mailedAt: Date.now() - YEAR_AND_A_DAY_MS, address: 'anna.dupre@example.org' })
    const response = await visitor.get(mail.path)
    const text = await textOf(response)
    expect(response.status).toBe(410)
    expect(text).toContain('Ce lien a expiré')
    expect(text).toContain('au bout de 12 mois')
    expect(text).toContain('a…@example.org')
    expect(text).toContain('M’envoyer un nouveau lien')
    for (const secret of ['anna.dupre', '108,00', 'FR76', '-1']) expect(text).not.toContain(secret)
    expect((await visitor.get(`${mail.path}/pdf`)).status).toBe(410)
    await visitor.post(`${mail.path}/views`)
    expect(await historyOf(mail)).toEqual([])
  })

  it('stays open longer if the account’s setting says so', async () => {
    const patient = await signUp({ email: 'patient@facteur.test', settings: { linkExpiryMonths: 24 } })
    const mail = await mailedDocument(patient.accountId, { mailedAt: Date.now() - YEAR_AND_A_DAY_MS })
    expect((await visitor.get(mail.path)).status).toBe(200)
  })
})

describe('what was credited', () => {
  const page = async (change: string) => {
    const { accountId } = await signUp()
    const { path, documentId } = await mailedDocument(accountId)
    await env.DB.prepare(`UPDATE documents SET ${change} WHERE id = ?`).bind(documentId).run()
    return textOf(await new Client().get(path))
  }

  it('in part lowers the amount due', async () => {
    const text = await page('credited = 800')
    expect(text).toContain('Avoir partiel')
    expect(text).toMatch(/Montant à payer 100,00/)
    expect(text).toMatch(/8,00\s€ sur 108,00\s€ ont fait l’objet d’un avoir/)
  })

  it('is named by its credit note, with the credited amount', async () => {
    const refersTo = `json('{"kind":"invoice","number":"F-7","issueDate":"2026-11-02"}')`
    const text = await page(`kind = 'credit_note', due_date = '', paper = json_set(paper, '$.refersTo', ${refersTo})`)
    expect(text).toMatch(/Avoir h\d+-1/)
    expect(text).toMatch(/Montant de l’avoir 108,00/)
    expect(text).toContain('Sur la facture F-7 du 2 novembre 2026')
    expect(text).not.toContain('Pour payer')
  })

  it('in full leaves nothing to pay', async () => {
    const text = await page('credited = total')
    expect(text).toContain('Avoir total')
    expect(text).not.toContain('Montant à payer')
    expect(text).not.toContain('Comment payer')
  })
})
