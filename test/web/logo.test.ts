import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { removeLogo, saveLogo } from '../../src/commands/accounts/save-logo'
import { finaliseDocument } from '../../src/commands/documents/finalise-document'
import { sweepFiles } from '../../src/commands/maintenance/sweep-files'
import { dispatchDue } from '../../src/commands/sends/dispatch-due'
import { readMime } from '../../src/mail/read-mime'
import { routes } from '../../src/routes'
import { Client, type Merchant, signUp, textOf } from '../support/client'
import { mortalDeps, Process } from '../support/crash'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { insertAccount } from '../support/fixtures'
import { JPEG, plainPng } from '../support/pictures'
import { draftFor, invoiceFor, send } from '../support/sendable'
import { sink } from '../support/sink'
import { deliverIds } from '../support/worker'

beforeAll(freshStorage)

const deps = testDeps()
const DAY_MS = 86_400_000

const file = (bytes: Uint8Array, name = 'logo.png') => new File([bytes as Uint8Array<ArrayBuffer>], name)
const choose = (merchant: Merchant, bytes: Uint8Array) => merchant.upload(routes.logoSettings, { logo: file(bytes) })

async function logoOf({ accountId }: Pick<Merchant, 'accountId'>): Promise<string | undefined> {
  const { logo } = await row<{ logo: string | null }>('SELECT logo FROM accounts WHERE id = ?', accountId)
  return logo === null ? undefined : JSON.parse(logo).sha256
}

const stored = async (accountId: string): Promise<string[]> =>
  (await env.BUCKET.list({ prefix: `logo/${accountId}/` })).objects.map(({ key }) => key)

describe('the page for the logo', () => {
  it('accepts a picture, shows it on drafts, and says in the audit list who chose it', async () => {
    const merchant = await signUp()
    const draft = await draftFor(merchant)
    expect(await textOf(await merchant.get(routes.logoSettings))).toContain('No logo yet')
    const response = await choose(merchant, plainPng())
    expect(await textOf(await merchant.follow(response))).toContain('The logo is in use from now on.')
    const source = routes.logo((await logoOf(merchant)) ?? '')
    expect(await (await merchant.get(routes.logoSettings)).text()).toContain(`src="${source}"`)
    expect(await (await merchant.get(routes.document(draft))).text()).toContain(`src="${source}"`)
    expect(await textOf(await merchant.get(routes.auditList))).toContain('changed the logo')

    const image = await merchant.get(source)
    expect(image.headers.get('content-type')).toBe('image/png')
    expect(image.headers.get('x-content-type-options')).toBe('nosniff')
    expect(image.headers.get('content-security-policy')).toContain('sandbox')
  })

  it.each([
    [new Uint8Array(), 'Choose a file first.'],
    [new Uint8Array(1_000_001), 'larger than 1 MB'],
    [new Uint8Array(3_000_000), 'larger than 1 MB'],
    [JPEG.cmyk, 'CMYK'],
    [new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'neither a PNG nor'],
  ])('says beside the field why a file is refused', async (bytes, why) => {
    const merchant = await signUp()
    const page = await choose(merchant, bytes)
    expect(page.status).toBe(422)
    const html = await page.text()
    expect(html).toContain('id="f-logo-error"')
    expect(html).toContain(why)
    expect(await stored(merchant.accountId)).toEqual([])
  })

  it('goes back to the name when the logo is removed', async () => {
    const merchant = await signUp()
    await choose(merchant, plainPng())
    const draft = await draftFor(merchant)
    await merchant.follow(await merchant.post(routes.logoRemoval))
    expect(await logoOf(merchant)).toBeUndefined()
    expect(await (await merchant.get(routes.document(draft))).text()).not.toContain('/logos/')
  })

  it('changes nothing when the same picture comes again', async () => {
    const merchant = await signUp()
    await choose(merchant, plainPng())
    await choose(merchant, plainPng())
    expect(
      await rows("SELECT id FROM audit WHERE account_id = ? AND action = 'logo_saved'", merchant.accountId),
    ).toHaveLength(1)
  })
})

describe('an issued document', () => {
  it('keeps the logo it was issued with, on every page and in its PDF; drafts take the new one', async () => {
    const merchant = await signUp()
    await choose(merchant, plainPng(30, 10, { red: 1 }))
    const first = await logoOf(merchant)
    const issued = await invoiceFor(merchant)
    const draft = await draftFor(merchant)
    await choose(merchant, plainPng(30, 10, { red: 2 }))
    const second = await logoOf(merchant)
    expect(second).not.toBe(first)

    const page = await (await merchant.get(routes.document(issued))).text()
    expect(page).toContain(routes.logo(first ?? ''))
    expect(page).not.toContain(routes.logo(second ?? ''))
    expect(await (await merchant.get(routes.document(draft))).text()).toContain(routes.logo(second ?? ''))
    const pdf = new Uint8Array(await (await merchant.get(routes.documentPdf(issued))).arrayBuffer())
    await merchant.post(routes.logoRemoval)
    const later = new Uint8Array(await (await merchant.get(routes.documentPdf(issued))).arrayBuffer())
    expect(later).toEqual(pdf)
    expect(Buffer.from(pdf).toString('latin1')).toContain('/Subtype /Image')
  })

  it('is drawn with that logo even when it was replaced and swept before the first look', async () => {
    const merchant = await signUp()
    await choose(merchant, plainPng(30, 10, { red: 3 }))
    const issued = await invoiceFor(merchant)
    await choose(merchant, plainPng(30, 10, { red: 4 }))
    await sweepFiles(testDeps({ now: () => Date.now() + 3 * DAY_MS }))
    const pdf = await (await merchant.get(routes.documentPdf(issued))).arrayBuffer()
    expect(Buffer.from(pdf).toString('latin1')).toContain('/Subtype /Image')
    expect(await stored(merchant.accountId)).toHaveLength(4)
  })
})

describe('a mail', () => {
  beforeEach(() => sink.clear())

  it('contains the logo, loads nothing, and shows it in preview, sent mail and hosted page', async () => {
    const merchant = await signUp({ settings: { batchWindowMs: 0 } })
    await choose(merchant, plainPng(400, 100))
    const documentId = await invoiceFor(merchant, { contact: { emails: ['anna@shop.example'] } })
    const preview = await (await merchant.get(routes.sendPreview(documentId))).text()
    expect(preview).toContain('data:image/png;base64,')
    expect(preview).not.toContain('cid:')

    await send(merchant, documentId)
    await dispatchDue(testDeps({ now: () => Date.now() + 1000 }))
    const { id } = await row<{ id: string }>('SELECT id FROM deliveries WHERE document_id = ?', documentId)
    await deliverIds([id])
    // The queue may have taken it first.
    const [mail] = await vi.waitFor(async () => {
      const mails = await sink.rawMails()
      expect(mails).toHaveLength(1)
      return mails
    })
    const raw = String(mail?.raw)
    expect(raw).toContain('multipart/related')
    const [, cid] = /src="cid:([^"]+)"/.exec(raw.replaceAll('=\r\n', '').replaceAll('=3D', '=')) ?? []
    expect(raw).toContain(`Content-ID: <${cid}>`)
    expect(raw).toContain('Content-Disposition: inline')
    const read = await readMime(new TextEncoder().encode(raw))
    expect(read.html).not.toMatch(/<img[^>]+src="http/)
    expect(read.html).toContain('data:image/png;base64,')
    expect(read.attachments.map(({ contentType }) => contentType)).toEqual(['application/pdf'])

    const frame = await merchant.get(routes.deliveryMailHtml(documentId, id))
    expect(await frame.text()).toContain('data:image/png;base64,')
    const link = /http:\/\/facteur\.test(\/d\/[\w-]+)/.exec(read.text)?.[1] ?? ''
    const customer = new Client()
    expect(await (await customer.get(link)).text()).toContain(`src="${link}/logo"`)
    expect((await customer.get(`${link}/logo`)).headers.get('content-type')).toBe('image/png')
  })
})

describe('files in R2', () => {
  const logo = plainPng(30, 10, { red: 77 })
  const save = (over = deps) => saveLogo(over, { accountId: 'mine', actor: '', bytes: logo })
  const sweep = (afterDays: number) =>
    sweepFiles(testDeps({ now: () => Date.now() + afterDays * DAY_MS, log: () => {} }))

  /** Expects a row for each object in R2, and an object for each logo in use. */
  async function expectTruth(when: string): Promise<void> {
    const known = await rows<{ key: string; unused_since: number | null }>('SELECT key, unused_since FROM files')
    const objects = await stored('mine')
    expect(
      known.map(({ key }) => key),
      when,
    ).toEqual(expect.arrayContaining(objects))
    for (const { key } of known.filter(({ unused_since }) => unused_since === null))
      expect(objects, when).toContain(key)
    expect((await logoOf({ accountId: 'mine' })) !== undefined, when).toBe(
      known.some((file) => file.unused_since === null),
    )
  }

  it.each(['before', 'after'] as const)(
    'are never lost nor left behind when the process dies %s any call',
    async (moment) => {
      let n = 1
      for (let fate = 'died'; fate === 'died'; n++) {
        await freshStorage()
        await insertAccount('mine')
        const process = new Process(n, moment)
        fate = await process.run(save(mortalDeps(deps, env.DB, process, deps.mailer)))
        await expectTruth(`${moment} ${n}`)
        await sweep(2)
        await expectTruth(`${moment} ${n}, swept`)
        if ((await logoOf({ accountId: 'mine' })) === undefined)
          expect(await stored('mine'), `${moment} ${n}`).toEqual([])
        expect((await save()).ok).toBe(true)
        await sweep(2)
        expect(await stored('mine'), `${moment} ${n}, again`).toHaveLength(2)
      }
      expect(n).toBeGreaterThan(5)
    },
  )

  it.each(['before', 'after'] as const)('are deleted in the end when a sweep dies %s any call', async (moment) => {
    for (let n = 1, fate = 'died'; fate === 'died'; n++) {
      await freshStorage()
      await insertAccount('mine')
      await save()
      await removeLogo(deps, { accountId: 'mine', actor: '' })
      const process = new Process(n, moment)
      const later = testDeps({ now: () => Date.now() + 2 * DAY_MS, log: () => {} })
      fate = await process.run(sweepFiles(mortalDeps(later, env.DB, process, deps.mailer)))
      await sweep(3)
      expect(await stored('mine')).toEqual([])
      expect(await rows('SELECT key FROM files')).toEqual([])
    }
  })

  it('are not stored while a sweep is deleting them, and a document is not issued with them', async () => {
    const merchant = await signUp()
    const { accountId, userId: actor } = merchant
    await choose(merchant, plainPng())
    const draft = await draftFor(merchant)
    await env.DB.prepare('UPDATE files SET unused_since = 1, doomed_at = ? WHERE account_id = ?')
      .bind(Date.now(), accountId)
      .run()
    const again = await choose(merchant, plainPng())
    expect(await textOf(again)).toContain('could not be stored just now')
    expect(await finaliseDocument(deps, { accountId, documentId: draft, version: 1, actor })).toMatchObject({
      ok: false,
    })
  })
})
