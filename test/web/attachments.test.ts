import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { attachFile } from '../../src/commands/documents/attach-file'
import { createDraft } from '../../src/commands/documents/create-draft'
import { removeDocumentsWithObjects } from '../../src/commands/documents/remove-documents'
import { sweepFiles } from '../../src/commands/maintenance/sweep-files'
import { dispatchDue } from '../../src/commands/sends/dispatch-due'
import { sendDocument } from '../../src/commands/sends/send-document'
import type { DocumentAttachment } from '../../src/domain/attachment'
import type { DeliverMessage } from '../../src/domain/messages'
import { type ReadMail, readMime } from '../../src/mail/read-mime'
import { routes } from '../../src/routes'
import { Client, formFields, type Merchant, signUp, textOf } from '../support/client'
import { mortalDeps, Process } from '../support/crash'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { contentOf } from '../support/documents'
import { FILES, fileOf, pdfOf } from '../support/files'
import { insertAccount } from '../support/fixtures'
import { draftFor, invoiceFor, send, sendForm } from '../support/sendable'
import { sink } from '../support/sink'
import { deliverIds } from '../support/worker'

beforeAll(freshStorage)

const deps = testDeps()
const DAY_MS = 86_400_000
const quiet = { log: () => {} }

async function attach(merchant: Merchant, documentId: string, file: File, fields: Record<string, string> = {}) {
  const action = routes.documentAttachments(documentId)
  const form = await formFields(await merchant.get(routes.document(documentId)), action)
  return merchant.upload(action, { ...form, ...fields, file })
}

async function attachmentsOf(documentId: string): Promise<DocumentAttachment[]> {
  const { attachments } = await row<{ attachments: string | null }>(
    'SELECT attachments FROM documents WHERE id = ?',
    documentId,
  )
  return attachments === null ? [] : JSON.parse(attachments)
}

const stored = async (): Promise<string[]> =>
  (await env.BUCKET.list({ prefix: 'attachment/' })).objects.map(({ key }) => key)

/** A queue that drops messages, so that the queue's consumer does not process them before the test does. */
const NOWHERE = { sendBatch: async () => {} } as unknown as Queue<DeliverMessage>

/** Delivers the document's waiting mails, and returns them as the customers get them. */
async function mailsOf(documentId: string): Promise<ReadMail[]> {
  await sink.clear()
  await dispatchDue(testDeps({ now: () => Date.now() + DAY_MS, deliverQueue: NOWHERE, ...quiet }))
  const ids = await rows<{ id: string }>(
    "SELECT id FROM deliveries WHERE document_id = ? AND status = 'dispatched'",
    documentId,
  )
  await deliverIds(ids.map(({ id }) => id))
  return Promise.all((await sink.rawMails()).map(({ raw }) => readMime(new TextEncoder().encode(raw))))
}

const names = (mail: ReadMail | undefined) => mail?.attachments.map(({ filename }) => filename)

const merchantWithShop = () => signUp({ settings: { batchWindowMs: 0, attachPdf: true } })
const customer = { contact: { emails: ['anna@shop.example'] } }

describe('a document', () => {
  it('accepts a file, shows it with its size in the mail, and records it in History', async () => {
    const merchant = await signUp()
    const documentId = await draftFor(merchant)
    const response = await attach(merchant, documentId, fileOf(pdfOf(300_000), 'C:\\fakepath\\Été.PDF'))
    const page = await textOf(await merchant.follow(response))
    expect(page).toContain('The file is attached')
    expect(page).toContain('Été.pdf 411 kB in the e-mail · in e-mails only')
    expect(page).toContain('attached Été.pdf')
    const [attachment] = await attachmentsOf(documentId)
    const file = await merchant.get(routes.documentAttachment(documentId, attachment?.id ?? ''))
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Ete.pdf"; filename*=UTF-8''%C3%89t%C3%A9.pdf`,
      'x-content-type-options': 'nosniff',
    })
    expect((await file.arrayBuffer()).byteLength).toBe(300_000)
  })

  it.each([
    [new Uint8Array(), 'Choose a file first.'],
    [new TextEncoder().encode('<html><script>1</script></html>'), 'Possible types: PDF, PNG, JPEG, CSV, XLSX, XML;'],
    [pdfOf(7_400_000), 'the attachments would take up 10.1 MB of the e-mail'],
  ])('says beside the field why a file is refused', async (bytes, why) => {
    const merchant = await signUp()
    const documentId = await invoiceFor(merchant)
    const page = await attach(merchant, documentId, fileOf(bytes, 'invoice.pdf'), { public: 'on' })
    expect(page.status).toBe(422)
    const html = await page.text()
    expect(html).toContain('id="f-file-error"')
    expect(html).toContain(why)
    expect(html).toMatch(/<input type="checkbox"[^>]*name="public" checked/)
    expect(await attachmentsOf(documentId)).toEqual([])
  })

  it('accepts ten files, and 10 MB of a mail in total, also when they are uploaded at once', async () => {
    const merchant = await signUp()
    const documentId = await draftFor(merchant)
    const input = { accountId: merchant.accountId, actor: '', documentId, name: 'a.pdf', isPublic: false }
    const done = await Promise.all(
      [1, 2, 3].map(() => attachFile(deps, { ...input, id: deps.newId('att'), bytes: pdfOf(3_000_000) })),
    )
    expect(done.map(({ ok }) => ok).sort()).toEqual([false, true, true])
    for (let i = 0; i < 8; i++) await attachFile(deps, { ...input, id: deps.newId('att'), bytes: FILES.pdf })
    expect(await attachmentsOf(documentId)).toHaveLength(10)
    expect(await textOf(await merchant.get(routes.document(documentId)))).not.toContain('Attach a file')
    expect(await attachFile(deps, { ...input, id: deps.newId('att'), bytes: FILES.pdf })).toMatchObject({
      reason: 'attachments_full',
    })
  })

  it('attaches one file when the form is posted twice', async () => {
    const merchant = await signUp()
    const documentId = await draftFor(merchant)
    const form = await formFields(
      await merchant.get(routes.document(documentId)),
      routes.documentAttachments(documentId),
    )
    for (let i = 0; i < 2; i++)
      await merchant.upload(routes.documentAttachments(documentId), { ...form, file: fileOf(FILES.csv, 'a.csv') })
    expect(await attachmentsOf(documentId)).toHaveLength(1)
    expect(await rows("SELECT id FROM history WHERE document_id = ? AND type = 'attached'", documentId)).toHaveLength(1)
  })

  it('removes a file at once and its object a day later, and all files with a deleted draft', async () => {
    const merchant = await signUp()
    const documentId = await draftFor(merchant)
    await attach(merchant, documentId, fileOf(FILES.csv, 'a.csv'))
    await attach(merchant, documentId, fileOf(FILES.xml, 'b.xml'))
    const [first, second] = await attachmentsOf(documentId)
    await merchant.follow(await merchant.post(routes.attachmentRemoval(documentId, first?.id ?? '')))
    expect((await attachmentsOf(documentId)).map(({ name }) => name)).toEqual(['b.xml'])
    await sweepFiles(testDeps(quiet))
    expect(await stored()).toEqual(expect.arrayContaining([first?.key, second?.key]))
    const later = testDeps({ now: () => Date.now() + 2 * DAY_MS, ...quiet })
    await sweepFiles(later)
    expect(await stored()).not.toContain(first?.key)
    expect(await stored()).toContain(second?.key)
    await merchant.post(routes.documentDeletion(documentId))
    await sweepFiles(later)
    expect(await stored()).not.toContain(second?.key)
  })
})

it('is deleted with a document whose retention ends', async () => {
  const merchant = await signUp()
  const documentId = await invoiceFor(merchant)
  await attach(merchant, documentId, fileOf(FILES.csv, 'a.csv'))
  const [attachment] = await attachmentsOf(documentId)
  await removeDocumentsWithObjects(deps, merchant.accountId, [{ id: documentId, pdfSha256: null }])
  await sweepFiles(testDeps({ now: () => Date.now() + 2 * DAY_MS, ...quiet }))
  expect(await stored()).not.toContain(attachment?.key)
})

describe('the customer’s page', () => {
  it('lists public files as downloads, and responds 404 for the others', async () => {
    const merchant = await merchantWithShop()
    const documentId = await invoiceFor(merchant, customer)
    await attach(merchant, documentId, fileOf(FILES.xml, 'Order <1>.xml'), { public: 'on' })
    await attach(merchant, documentId, fileOf(FILES.csv, 'internal hours.csv'))
    await send(merchant, documentId)
    const [mail] = await mailsOf(documentId)
    const link = /http:\/\/facteur\.test(\/d\/[\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
    const visitor = new Client()
    const page = await (await visitor.get(link)).text()
    expect(page).toContain('Order -1-.xml')
    expect(page).not.toContain('internal hours')
    const [open, closed] = await attachmentsOf(documentId)
    const path = (attachment: DocumentAttachment | undefined) => `${link}/attachments/${attachment?.id}`
    const file = await visitor.get(path(open))
    expect(file.status).toBe(200)
    expect(file.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
    expect(file.headers.get('content-security-policy')).toContain('sandbox')
    expect(await file.text()).toBe(new TextDecoder().decode(FILES.xml))
    expect((await visitor.get(path(closed))).status).toBe(404)

    await merchant.post(routes.attachmentPublication(documentId, open?.id ?? ''), { public: '' })
    await merchant.post(routes.attachmentPublication(documentId, closed?.id ?? ''), { public: 'on' })
    expect((await visitor.get(path(open))).status).toBe(404)
    expect((await visitor.get(path(closed))).status).toBe(200)
    await merchant.post(routes.documentLinks(documentId))
    expect((await visitor.get(path(closed))).status).toBe(404)
  })
})

describe('a send', () => {
  beforeEach(() => sink.clear())

  it('attaches the ticked files under their names', async () => {
    const merchant = await merchantWithShop()
    const documentId = await invoiceFor(merchant, customer)
    await attach(merchant, documentId, fileOf(FILES.csv, 'Stunden für März – 1.csv'))
    await attach(merchant, documentId, fileOf(FILES.xlsx, 'b.xlsx'))
    const form = await sendForm(merchant, documentId)
    const preview = await textOf(await merchant.get(routes.sendPreview(documentId)))
    expect(preview).toContain('2026-0001.pdf, Stunden für März – 1.csv (1 kB), b.xlsx (1 kB)')
    const { 'attachments.1': _, ...without } = form
    await merchant.post(routes.sends(documentId), without)
    // A file attached after the click goes with the next mail only.
    await attach(merchant, documentId, fileOf(FILES.xml, 'late.xml'))
    const [mail] = await mailsOf(documentId)
    expect(names(mail)).toEqual(['2026-0001.pdf', 'Stunden für März – 1.csv'])
    expect(mail?.attachments[1]?.contentType).toBe('text/csv')

    const { id } = await row<{ id: string }>('SELECT id FROM deliveries WHERE document_id = ?', documentId)
    expect(await textOf(await merchant.get(routes.deliveryMail(documentId, id)))).toContain('Stunden für März – 1.csv')
    await send(merchant, documentId)
    const [again] = await mailsOf(documentId)
    expect(names(again)).toEqual(['2026-0001.pdf', 'Stunden für März – 1.csv', 'b.xlsx', 'late.xml'])
  })

  it('omits a file that was removed before the mail was made; a mail that was made keeps it at every attempt', async () => {
    const merchant = await merchantWithShop()
    const documentId = await invoiceFor(merchant, customer)
    await attach(merchant, documentId, fileOf(FILES.csv, 'a.csv'))
    await attach(merchant, documentId, fileOf(FILES.xml, 'b.xml'))
    await send(merchant, documentId)
    const [first, second] = await attachmentsOf(documentId)
    await merchant.post(routes.attachmentRemoval(documentId, first?.id ?? ''))
    await sink.setFaults({ data: '451 4.3.0 try again later' } as never)
    await mailsOf(documentId)
    await merchant.post(routes.attachmentRemoval(documentId, second?.id ?? ''))
    await sweepFiles(testDeps({ now: () => Date.now() + 3 * DAY_MS, ...quiet }))
    const { id } = await row<{ id: string }>('SELECT id FROM deliveries WHERE document_id = ?', documentId)
    const eml = new Uint8Array(await (await merchant.get(routes.deliveryMailFile(documentId, id))).arrayBuffer())
    expect(names(await readMime(eml))).toEqual(['2026-0001.pdf', 'b.xml'])
  })

  it('is refused with the reason when its mail would be larger than servers accept', async () => {
    const merchant = await merchantWithShop()
    const documentId = await invoiceFor(merchant, customer)
    await attach(merchant, documentId, fileOf(pdfOf(7_290_000), 'plans.pdf'))
    await env.DB.prepare(
      "UPDATE accounts SET logo = json_object('sha256', 'x', 'type', 'image/png', 'width', 1, 'height', 1, 'bytes', 900000) WHERE id = ?",
    )
      .bind(merchant.accountId)
      .run()
    const page = await send(merchant, documentId)
    expect(page.status).toBe(422)
    expect(await textOf(page)).toMatch(
      /This e-mail would have 12\.\d MB, and many mail servers take no more than 10 MB/,
    )
    const sent = await send(merchant, documentId, { 'attachments.0': '' })
    expect(sent.status).toBe(303)
  })

  it('carries large files whole, a few mails at a time', async () => {
    const merchant = await merchantWithShop()
    const emails = ['anna@shop.example', 'bela@shop.example', 'carl@shop.example']
    const documentId = await invoiceFor(merchant, { contact: { emails } })
    const plans = pdfOf(3_000_000)
    plans.set(crypto.getRandomValues(new Uint8Array(60_000)), 1000)
    await attach(merchant, documentId, fileOf(plans, 'plans.pdf'))
    await send(merchant, documentId)
    const mails = await mailsOf(documentId)
    const sent = await rows('SELECT status, reason, server_text FROM deliveries WHERE document_id = ?', documentId)
    expect(sent).toMatchObject(emails.map(() => ({ status: 'sent' })))
    expect(mails).toHaveLength(3)
    const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', plans as BufferSource)).toHex()
    for (const mail of mails) expect(mail.attachments[1]).toMatchObject({ bytes: plans.length, sha256 })
  })

  it('attaches all files when none are chosen', async () => {
    const merchant = await merchantWithShop()
    const documentId = await invoiceFor(merchant, customer)
    await attach(merchant, documentId, fileOf(FILES.csv, 'a.csv'))
    const { accountId, userId } = merchant
    await sendDocument(deps, {
      ...{
        accountId,
        userId,
        documentId,
        sendId: deps.newId('snd'),
        origin: 'automatic',
        version: 2,
        scheduledFor: null,
      },
      ...{ recipients: ['anna@shop.example'], language: 'en', subject: null, body: null, attachPdf: false },
    })
    expect(names((await mailsOf(documentId))[0])).toEqual(['a.csv'])
  })
})

describe('an upload', () => {
  const upload = (over = deps) =>
    attachFile(over, {
      ...{ accountId: 'mine', actor: '', documentId: 'doc_1', id: 'att_1' },
      ...{ name: 'a.csv', bytes: FILES.csv, isPublic: false },
    })

  /** Expects a row for each object in R2, and an object for each file of the document. */
  async function expectTruth(when: string): Promise<void> {
    const known = (await rows<{ key: string }>('SELECT key FROM files')).map(({ key }) => key)
    expect(known, when).toEqual(expect.arrayContaining(await stored()))
    expect(await stored(), when).toEqual(expect.arrayContaining((await attachmentsOf('doc_1')).map(({ key }) => key)))
  }

  it.each(['before', 'after'] as const)(
    'that dies %s any call leaves nothing behind, and can be made again',
    async (moment) => {
      let n = 1
      for (let fate = 'died'; fate === 'died'; n++) {
        await freshStorage()
        await insertAccount('mine')
        await createDraft(deps, {
          accountId: 'mine',
          documentId: 'doc_1',
          contactId: null,
          content: contentOf(),
          kind: 'invoice',
          actor: '',
        })
        const process = new Process(n, moment)
        fate = await process.run(upload(mortalDeps(deps, env.DB, process, deps.mailer)))
        await expectTruth(`${moment} ${n}`)
        await sweepFiles(testDeps({ now: () => Date.now() + 2 * DAY_MS, ...quiet }))
        await expectTruth(`${moment} ${n}, swept`)
        expect(await stored(), `${moment} ${n}`).toHaveLength((await attachmentsOf('doc_1')).length)
        expect((await upload()).ok).toBe(true)
        await expectTruth(`${moment} ${n}, again`)
        expect(await attachmentsOf('doc_1')).toHaveLength(1)
      }
      expect(n).toBeGreaterThan(4)
    },
  )
})
