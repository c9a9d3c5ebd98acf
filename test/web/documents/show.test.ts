import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/contacts/create-contact'
import { createDraft } from '../../../src/commands/documents/create-draft'
import { findDocument } from '../../../src/db/documents'
import type { DocumentContent } from '../../../src/domain/document'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf, lineOf } from '../../support/documents'

const deps = testDeps()
let merchant: Merchant

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp()
})

async function draft(
  content: Partial<DocumentContent> = {},
  { accountId, userId }: Merchant = merchant,
): Promise<string> {
  const documentId = deps.newId('doc')
  const contact = contactOf({ name: 'Bäckerei Krüger', language: 'de' })
  const contactId = await createContact(deps, { accountId, id: deps.newId('con'), contact })
  const input = {
    accountId,
    documentId,
    contactId,
    content: contentOf(content),
    kind: 'invoice',
    actor: userId,
  } as const
  await createDraft(deps, input)
  return documentId
}
const found = (id: string) => findDocument(deps.db, merchant.accountId, id)
const finalise = (id: string) => merchant.fillIn(routes.document(id), {}, routes.documentFinalisation(id))
const final = async () => {
  const id = await draft()
  await finalise(id)
  return id
}
const said = async (response: Response) => textOf(await merchant.follow(response))

describe('the page of a document', () => {
  it('shows the document in the customer’s language and offers to send it', async () => {
    const page = await merchant.get(routes.document(await draft({ notes: 'Danke!' })))
    const html = await page.clone().text()
    expect(html).toContain('<article class="sheet" lang="de"')
    const text = await textOf(page)
    expect(text).toMatch(/Rechnung \(Entwurf\).*Beschreibung.*Danke!/)
    expect(text).toContain('Review and send')
    expect(text).toContain('€120.00')
  })

  it('names the characters that the PDF can only mark', async () => {
    const page = await textOf(await merchant.get(routes.document(await draft({ notes: 'Danke 🎉 谢谢!' }))))
    expect(page).toContain('prints a placeholder for each: 🎉 谢.')
    expect(await textOf(await merchant.get(routes.document(await draft())))).not.toContain('prints a placeholder')
  })

  it('says what a draft lacks, with the page that fixes it', async () => {
    const newcomer = await signUp({ company: { vatId: '', taxNumber: '' } })
    const id = await draft({ lines: [] }, newcomer)
    const page = await newcomer.get(routes.document(id))
    const html = await page.clone().text()
    expect(html).toContain(`<a href="${routes.companySettings}">your VAT number or tax number</a>`)
    expect(html).toContain(`<a href="${routes.documentEdit(id)}">at least one line</a>`)
    const refused = await newcomer.fillIn(routes.document(id), {}, routes.documentFinalisation(id))
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('at least one line')
    expect(await findDocument(deps.db, newcomer.accountId, id)).toMatchObject({ status: 'draft', number: null })
  })

  it('shows a viewer the document and no buttons', async () => {
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer' })
    const html = await (await viewer.get(routes.document(await draft()))).text()
    expect(html).toContain('class="sheet"')
    expect(html).not.toContain('Review and send')
    expect(html).not.toContain('/finalisation')
  })
})

describe('finalising', () => {
  it('gives the number, once', async () => {
    const id = await draft()
    const text = await said(await finalise(id))
    const number = (await found(id))?.number
    expect(number).toMatch(/^\d{4}-0001$/)
    expect(text).toContain('It is final now and has its number.')
    expect(text).toContain(`Invoice ${number}`)
    expect(text).toContain(`Rechnung ${number}`)
    await merchant.post(routes.documentFinalisation(id), { version: '1' })
    expect(await found(id)).toMatchObject({ number, version: 2 })
  })

  it('is refused for a draft that has changed since', async () => {
    const id = await draft()
    await env.DB.prepare('UPDATE documents SET version = 2 WHERE id = ?').bind(id).run()
    const refused = await merchant.post(routes.documentFinalisation(id), { version: '1' })
    expect(refused.status).toBe(409)
    expect(await textOf(refused)).toContain('Someone changed this')
  })

  it('is refused below zero, where a credit note is what is meant, and not at zero', async () => {
    const below = await draft({ lines: [lineOf({ quantity: '-1' })] })
    const refused = await finalise(below)
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('to give money back, make a credit note')
    expect(await found(below)).toMatchObject({ status: 'draft', number: null })
    const zero = await draft({ lines: [lineOf(), lineOf({ quantity: '-1' })] })
    await finalise(zero)
    expect(await found(zero)).toMatchObject({ status: 'final', total: 0 })
  })

  it('names the earliest possible date', async () => {
    await final()
    const id = await draft({ issueDate: '2026-01-02' })
    await env.DB.prepare(`UPDATE series SET last_issue_date = '2026-03-04' WHERE account_id = ? AND period = '2026'`)
      .bind(merchant.accountId)
      .run()
    await env.DB.prepare(`INSERT OR IGNORE INTO series VALUES (?, 'invoice', '2026', 5, '2026-03-04')`)
      .bind(merchant.accountId)
      .run()
    expect(await textOf(await finalise(id))).toContain('The earliest possible issue date is March 4, 2026')
  })
})

describe('a payment', () => {
  it('is marked and undone', async () => {
    const id = await final()
    const paid = await merchant.fillIn(routes.document(id), {}, routes.documentPayment(id))
    expect(await said(paid)).toMatch(/Marked as paid.*Paid on \w+ \d+, \d{4}/)
    const reversed = await merchant.post(routes.documentPaymentReversal(id))
    expect(await said(reversed)).toContain('No longer marked as paid')
    expect(await found(id)).toMatchObject({ paidAt: null })
  })

  it('on an invalid date changes nothing, names the field and keeps what was typed', async () => {
    const id = await final()
    for (const [paidOn, reason] of [
      ['2126-01-01', 'A payment can’t be dated in the future.'],
      ['1990-05-01', 'A payment can be dated a year before that at most.'],
      ['2026-02-30', 'This date does not exist.'],
    ] as const) {
      const refused = await merchant.post(routes.documentPayment(id), { paidOn })
      expect(refused.status).toBe(422)
      expect(await textOf(refused.clone())).toMatch(new RegExp(`Paid on: [^:]*${reason}`))
      expect(await formFields(refused, routes.documentPayment(id))).toMatchObject({ paidOn })
    }
    expect(await found(id)).toMatchObject({ paidAt: null })
  })
})

describe('copying and deleting', () => {
  it('makes one new draft and opens it', async () => {
    const id = await final()
    const copied = await merchant.fillIn(routes.document(id), {}, routes.documentCopy(id))
    const copy = /doc_\w+/.exec(copied.headers.get('location') ?? '')?.[0] ?? ''
    expect(copied.headers.get('location')).toBe(routes.documentEdit(copy))
    expect(await found(copy)).toMatchObject({ status: 'draft', number: null, contactName: 'Bäckerei Krüger' })
  })

  it('asks before it deletes a draft, and never deletes a final one', async () => {
    const id = await draft()
    expect(await textOf(await merchant.get(routes.documentDeletion(id)))).toMatch(
      /Delete this draft\?.*Bäckerei Krüger/,
    )
    expect(await said(await merchant.post(routes.documentDeletion(id)))).toContain('The draft was deleted.')
    expect(await found(id)).toBeUndefined()
    const issued = await final()
    await merchant.post(routes.documentDeletion(issued))
    expect(await found(issued)).toMatchObject({ status: 'final' })
  })
})

describe('mailed links', () => {
  it('can be closed once something was sent', async () => {
    const id = await final()
    expect(await textOf(await merchant.get(routes.document(id)))).not.toContain('Revoke e-mailed links')
    await env.DB.prepare(`UPDATE documents SET latest_send_id = 'snd_1' WHERE id = ?`).bind(id).run()
    const closed = await merchant.fillIn(routes.document(id), {}, routes.documentLinks(id))
    expect(await said(closed)).toContain('no longer work')
  })
})

describe('the PDF', () => {
  const pdfOf = async (id: string) => {
    const response = await merchant.get(routes.documentPdf(id))
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
  }

  it('of a final document is always the same, drawn once', async () => {
    const id = await final()
    const [first, second] = [await pdfOf(id), await pdfOf(id)]
    const number = (await found(id))?.number
    expect(first.response.headers.get('content-type')).toBe('application/pdf')
    expect(first.response.headers.get('content-disposition')).toBe(`attachment; filename="${number}.pdf"`)
    expect(new TextDecoder().decode(first.bytes.slice(0, 5))).toBe('%PDF-')
    expect(second.bytes).toEqual(first.bytes)
    const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', first.bytes)).toHex()
    expect(await found(id)).toMatchObject({ pdfSha256: sha256 })
  })

  it('of a draft is drawn every time and not stored', async () => {
    const id = await draft()
    const { response, bytes } = await pdfOf(id)
    expect(response.headers.get('content-disposition')).toContain('filename="invoice.pdf"')
    expect(bytes.length).toBeGreaterThan(1000)
    expect(await found(id)).toMatchObject({ pdfSha256: null })
  })
})

it('another account finds none of it', async () => {
  const [id, issued] = [await draft(), await final()]
  const stranger = await signUp()
  const responses = [
    await stranger.get(routes.document(id)),
    await stranger.get(routes.documentPdf(issued)),
    await stranger.get(routes.documentDeletion(id)),
    await stranger.post(routes.documentDeletion(id)),
    await stranger.post(routes.documentFinalisation(id), { version: '1' }),
    await stranger.post(routes.documentPayment(issued), { paidOn: '2026-01-05' }),
    await stranger.post(routes.documentPaymentReversal(issued)),
    await stranger.post(routes.documentCopy(id), { copyId: deps.newId('doc') }),
  ]
  expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 404))
  expect(await found(id)).toMatchObject({ status: 'draft', version: 1 })
})
