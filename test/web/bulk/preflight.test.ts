/** Tests a bulk send from the selection in the list to the pre-flight. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { runBackgroundJobs } from '../../../src/commands/maintenance/run-background-jobs'
import { routes } from '../../../src/routes'
import { bulkIdOf, confirm, select } from '../../support/bulk'
import { bulkPages } from '../../support/bulk-pages'
import { formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { draftFor, send } from '../../support/sendable'

let merchant: Merchant
const { invoice, draft, open, list, suppress, sentTo, bulkRow, copies } = bulkPages(() => merchant)

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp()
})

describe('the list of documents', () => {
  it('offers a checkbox for each document and a button that sends them, to people who may send', async () => {
    const id = await invoice()
    const html = await (await merchant.get(routes.documents)).text()
    expect(html).toContain(`type="checkbox" name="document" value="${id}"`)
    expect(html).toMatch(/aria-label="Select 2026-\d+ Bäckerei/)
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer' })
    expect(await (await viewer.get(routes.documents)).text()).not.toContain('name="document"')
  })

  it('says so when nothing was ticked', async () => {
    await invoice()
    const back = await merchant.follow(await merchant.post(routes.bulkSends))
    expect(await textOf(back)).toContain('Nothing was selected.')
  })

  it('creates one bulk send from a form, however often it is posted', async () => {
    const id = await invoice()
    const { bulkId = '' } = await formFields(await merchant.get(routes.documents), routes.bulkSends)
    const responses = await Promise.all([1, 2, 3].map(() => select(merchant, [id], { bulkId })))
    expect(new Set(responses)).toEqual(new Set([bulkId]))
    expect((await bulkRow(bulkId)).state).toBe('ready')
    expect(await rows('SELECT 1 FROM bulk_documents')).toHaveLength(1)
  })
})

describe('the pre-flight', () => {
  it('counts what will happen, opens the list of each count, and sends nothing', async () => {
    const sent = await invoice({ emails: ['delivered+sent@simulator.test'] })
    await send(merchant, sent)
    await suppress('no@simulator.test')
    const ids = [
      await invoice({ emails: ['delivered+a@simulator.test', 'delivered+b@simulator.test'] }),
      sent,
      await draft({ name: 'Still a draft' }),
      await invoice({ name: 'No address', emails: [] }),
      await invoice({ name: 'Blocked', emails: ['no@simulator.test'] }),
      await invoice({ name: 'Half blocked', emails: ['no@simulator.test', 'delivered+c@simulator.test'] }),
      await invoice({ name: 'Speaks Polish', language: 'pl' }),
      await draftFor(merchant, { content: { lines: [] } }),
    ]
    const bulkId = await select(merchant, ids)
    const text = await open(bulkId)
    expect(text).toContain('To be sent: 5 documents to 6 addresses')
    expect(text).toContain('1 document was sent before and goes out again')
    expect(text).toContain('1 draft is issued first')
    expect(text).toContain('1 document goes only to some of its customer’s addresses')
    expect(text).toContain('1 document goes out in another language')
    expect(text).toContain('1 document has no e-mail address')
    expect(text).toContain('1 document has only blocked addresses')
    expect(text).toContain('1 draft is incomplete')
    expect(text).toContain('Send 5 documents')
    expect(await list(bulkId, 'draft')).toContain('Still a draft')
    expect(await list(bulkId, 'no_address')).toContain('No address')
    expect(await list(bulkId, 'suppressed')).toMatch(/Blocked(?!.*Half)/)
    expect(await list(bulkId, 'partly_suppressed')).toContain('Half blocked')
    expect(await list(bulkId, 'other_language')).toContain('Speaks Polish')
    expect(await list(bulkId, 'going')).not.toContain('No address')
    expect(await rows('SELECT 1 FROM deliveries')).toHaveLength(1)
  })

  it('counts again without the groups that are left out, with scripts or without', async () => {
    const bulkId = await select(merchant, [await invoice(), await draft(), await draft()])
    expect(await open(bulkId)).toContain('Send 3 documents')
    const text = await open(bulkId, '?leave.draft=on')
    expect(text).toContain('Send 1 document')
    expect(await open(bulkId, '?leave.draft=on&leave.unknown=on')).toContain('Send 1 document')
  })

  it('collects all documents of a list in steps, without those created later', async () => {
    await copies(await invoice(), 700)
    const form = await formFields(await merchant.get(`${routes.documents}?state=open`), routes.bulkSends)
    const bulkId = bulkIdOf(await merchant.post(routes.bulkSends, { ...form, all: 'on' }))
    const late = await invoice({ name: 'Comes too late' })
    expect(await open(bulkId)).toContain('Checking your documents')
    expect((await confirm(merchant, bulkId)).status).toBe(422)
    while ((await bulkRow(bulkId)).state === 'collecting') await merchant.post(routes.bulkSendSteps(bulkId))
    expect(await open(bulkId)).toContain('To be sent: 701 documents to 701 addresses')
    expect(await rows('SELECT 1 FROM bulk_documents WHERE document_id = ?', late)).toEqual([])
  })

  it('collects 10,000, and says so if more match', async () => {
    await copies(await invoice(), 700)
    const form = await formFields(await merchant.get(`${routes.documents}?state=open`), routes.bulkSends)
    const bulkId = bulkIdOf(await merchant.post(routes.bulkSends, { ...form, all: 'on' }))
    expect((await bulkRow(bulkId)).state).toBe('collecting')
    const looked = JSON.stringify({ 0: { documents: 9_900, addresses: 9_900 } })
    await env.DB.prepare('UPDATE bulk_sends SET tally = ? WHERE id = ?').bind(looked, bulkId).run()
    while ((await bulkRow(bulkId)).state === 'collecting') await merchant.post(routes.bulkSendSteps(bulkId))
    const text = await open(bulkId)
    expect(text).toContain('To be sent: 10,000 documents')
    expect(text).toContain('These are the 10,000 newest; send the others afterwards.')
    expect(await bulkRow(bulkId)).toMatchObject({ capped: 1 })
    expect(await rows('SELECT 1 FROM bulk_documents WHERE bulk_id = ?', bulkId)).toHaveLength(600)
  })

  it('shows why nothing may be sent, and refuses', async () => {
    const bulkId = await select(merchant, [await invoice()])
    await env.DB.prepare("UPDATE accounts SET confirmed_reply_email = ''").run()
    const text = await open(bulkId)
    expect(text).not.toContain('Send 1 document')
    expect((await confirm(merchant, bulkId)).status).toBe(422)
    expect(await sentTo()).toEqual([])
  })
})

describe('a pre-flight that is never confirmed', () => {
  const DAY_MS = 86_400_000
  const inDays = (days: number) => runBackgroundJobs(testDeps({ log: () => {}, now: () => Date.now() + days * DAY_MS }))
  const left = () => rows('SELECT account_id FROM bulk_documents')

  it('says how long it is kept, and is gone after that', async () => {
    const bulkId = await select(merchant, [await invoice(), await draft()])
    expect(await open(bulkId)).toContain('kept for 7 days')
    await inDays(6)
    expect(await left()).toHaveLength(2)
    await inDays(7)
    expect(await left()).toEqual([])
    expect((await merchant.get(routes.bulkSend(bulkId))).status).toBe(404)
    expect((await confirm(merchant, bulkId)).status).toBe(404)
    expect(await rows('SELECT 1 FROM sends')).toEqual([])
    expect(await rows('SELECT 1 FROM chores')).toEqual([])
  })

  it('does not include a confirmed one, which stays with its result', async () => {
    const confirmed = await select(merchant, [await invoice()])
    await confirm(merchant, confirmed)
    await inDays(8)
    expect(await left()).toHaveLength(1)
    expect(await open(confirmed)).toContain('1 e-mail goes out')
    expect(await rows('SELECT 1 FROM chores')).toEqual([])
  })
})
