/** A bulk send from the ticks in the list to the result sheet, through the front door. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { createContact } from '../../../src/commands/create-contact'
import { createDraft } from '../../../src/commands/create-draft'
import { finaliseDocument } from '../../../src/commands/finalise-document'
import { runChores } from '../../../src/commands/run-chores'
import type { Contact } from '../../../src/domain/contact'
import { routes } from '../../../src/routes'
import { contactOf } from '../../support/accounts'
import { bulkIdOf, confirm, heldWorld, select } from '../../support/bulk'
import { formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { contentOf } from '../../support/documents'
import { mailed } from '../../support/mailed'
import { draftFor, invoiceFor, send } from '../../support/sendable'

const deps = testDeps()
let merchant: Merchant

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp()
})

const invoice = (contact: Partial<Contact> = {}) => invoiceFor(merchant, { contact })
const draft = (contact: Partial<Contact> = {}) => draftFor(merchant, { contact })
const open = async (bulkId: string, query = '') => textOf(await merchant.get(routes.bulkSend(bulkId) + query))
const list = async (bulkId: string, group = 'all') =>
  textOf(await merchant.get(`${routes.bulkSendDocuments(bulkId)}?group=${group}`))
const suppress = (address: string) =>
  env.DB.prepare("INSERT INTO suppressions VALUES (?, ?, 'manual', '', NULL, 0, '')")
    .bind(merchant.accountId, address)
    .run()
const sentTo = async () =>
  (await rows<{ address: string }>('SELECT address FROM deliveries ORDER BY address')).map(({ address }) => address)
const bulkRow = (id: string) => row<Record<string, number | string>>('SELECT * FROM bulk_sends WHERE id = ?', id)
const number = async (id: string) =>
  (await row<{ number: string | null }>('SELECT number FROM documents WHERE id = ?', id)).number

/** As many more like this one. */
const copies = (documentId: string, count: number) =>
  env.DB.prepare(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
      INSERT INTO documents (account_id, id, kind, test, status, version, contact_id, contact_name, contact_key, number, issue_date,
        due_date, currency, total, created_at, created_by, updated_at, content, paper)
      SELECT account_id, printf('doc_%026d', i), kind, test, status, version, contact_id, contact_name, contact_key, 'C-' || i,
        issue_date, due_date, currency, total, created_at, created_by, updated_at, content, paper
      FROM n, documents WHERE id = ?1`)
    .bind(documentId, count)
    .run()

describe('the list of documents', () => {
  it('offers a tick for each document and a button to send them, to those who may', async () => {
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

  it('makes one bulk send of one form, however often it is sent', async () => {
    const id = await invoice()
    const { bulkId = '' } = await formFields(await merchant.get(routes.documents), routes.bulkSends)
    const answers = await Promise.all([1, 2, 3].map(() => select(merchant, [id], { bulkId })))
    expect(new Set(answers)).toEqual(new Set([bulkId]))
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
    expect(text).toContain('1 document has no address to go to')
    expect(text).toContain('1 document has only addresses that must not be written to')
    expect(text).toContain('1 draft lacks something')
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

  it('looks through everything that a list matches, in steps, and takes nothing that comes later', async () => {
    await copies(await invoice(), 700)
    const form = await formFields(await merchant.get(`${routes.documents}?state=open`), routes.bulkSends)
    const bulkId = bulkIdOf(await merchant.post(routes.bulkSends, { ...form, all: 'on' }))
    const late = await invoice({ name: 'Comes too late' })
    expect(await open(bulkId)).toContain('Looking through your documents')
    expect((await confirm(merchant, bulkId)).status).toBe(422)
    while ((await bulkRow(bulkId)).state === 'collecting') await merchant.post(routes.bulkSendSteps(bulkId))
    expect(await open(bulkId)).toContain('To be sent: 701 documents to 701 addresses')
    expect(await rows('SELECT 1 FROM bulk_documents WHERE document_id = ?', late)).toEqual([])
  })

  it('takes 10,000 and says so where more match', async () => {
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

  it('shows the blocker where nothing may be sent at all, and refuses', async () => {
    const bulkId = await select(merchant, [await invoice()])
    await env.DB.prepare("UPDATE accounts SET confirmed_reply_email = ''").run()
    const text = await open(bulkId)
    expect(text).not.toContain('Send 1 document')
    expect((await confirm(merchant, bulkId)).status).toBe(422)
    expect(await sentTo()).toEqual([])
  })
})

describe('a pre-flight that nobody confirms', () => {
  const DAY_MS = 86_400_000
  const inDays = (days: number) => runChores(testDeps({ log: () => {}, now: () => Date.now() + days * DAY_MS }))
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

  it('is no other: what was confirmed stays with its result', async () => {
    const confirmed = await select(merchant, [await invoice()])
    await confirm(merchant, confirmed)
    await inDays(8)
    expect(await left()).toHaveLength(1)
    expect(await open(confirmed)).toContain('1 mail leaves')
    expect(await rows('SELECT 1 FROM chores')).toEqual([])
  })
})

describe('confirming', () => {
  it('sends exactly the documents of the list, once, however often and however at once it is confirmed', async () => {
    const ids = [
      await invoice({ emails: ['delivered+1@simulator.test'] }),
      await draft({ emails: ['delivered+2@simulator.test'] }),
    ]
    const bulkId = await select(merchant, ids)
    await invoice({ emails: ['delivered+3@simulator.test'] })
    const answers = await Promise.all([confirm(merchant, bulkId), confirm(merchant, bulkId), confirm(merchant, bulkId)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    await merchant.post(routes.bulkSendSteps(bulkId))
    await confirm(merchant, bulkId, { 'leave.draft': 'on' })
    expect(await sentTo()).toEqual(['delivered+1@simulator.test', 'delivered+2@simulator.test'])
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'queued', queued: 2, waiting: 2, withheld: 0 })
    const sends = await rows('SELECT origin, created_by, subject FROM sends')
    expect(sends).toEqual([1, 2].map(() => ({ origin: 'bulk', created_by: merchant.userId, subject: null })))
    expect(await rows("SELECT 1 FROM deliveries WHERE priority = 2 AND purpose = 'customer'")).toHaveLength(2)
  })

  it('carries what was sent before with the text of repetitions, as Send again does, and the rest with its own', async () => {
    merchant = await signUp({ settings: { batchWindowMs: 0 } })
    const [fresh, again] = [await invoice({ language: 'en' }), await invoice({ language: 'en' })]
    await send(merchant, again)
    expect((await mailed(merchant, again)).subject).not.toContain('sent again')
    const bulkId = await select(merchant, [fresh, again])
    expect(await open(bulkId)).toContain('1 document was sent before and goes out again, with your text for that')
    await confirm(merchant, bulkId)
    expect((await mailed(merchant, again)).subject).toContain('sent again')
    expect((await mailed(merchant, fresh)).subject).not.toContain('sent again')
    expect(await rows('SELECT 1 FROM deliveries WHERE bulk_id = ? AND priority = 2', bulkId)).toHaveLength(2)
    expect(await textOf(await merchant.get(routes.document(again)))).toContain('sent again, with others at once')
  })

  it('gives drafts numbers without a gap, in the order of their dates, then of their age', async () => {
    const first = await invoiceFor(merchant)
    const old = { content: { issueDate: '2026-11-20' } }
    await env.DB.prepare("UPDATE series SET last_issue_date = '2026-11-01'").run()
    const [a, b, c] = [await draftFor(merchant), await draftFor(merchant), await draftFor(merchant, old)]
    const bulkId = await select(merchant, [b, a, c])
    await confirm(merchant, bulkId)
    const base = Number((await number(first))?.slice(-4))
    const numbers = await Promise.all([c, a, b].map(number))
    expect(numbers.map((text) => Number(text?.slice(-4)))).toEqual([base + 1, base + 2, base + 3])
  })

  it('keeps the merchant’s copies out of the counts, and takes them back with the rest', async () => {
    await env.DB.prepare("UPDATE accounts SET settings = json_set(settings, '$.copiesTo', json(?))")
      .bind(JSON.stringify({ invoice: 'delivered+mine@simulator.test' }))
      .run()
    const bulkId = await select(merchant, [await invoice()])
    await confirm(merchant, bulkId)
    expect(await sentTo()).toEqual(['delivered+mine@simulator.test', 'delivered@simulator.test'])
    expect(await bulkRow(bulkId)).toMatchObject({ queued: 1, waiting: 1 })
    expect(await list(bulkId)).not.toContain('+mine')
    await merchant.post(routes.bulkSendCancellation(bulkId))
    expect(await bulkRow(bulkId)).toMatchObject({ waiting: 0, cancelled: 1 })
    expect(await rows("SELECT 1 FROM deliveries WHERE status = 'cancelled'")).toHaveLength(2)
  })

  it('leaves out the chosen groups, and says so', async () => {
    const kept = await draft({ name: 'Kept back' })
    const bulkId = await select(merchant, [await invoice({ emails: ['delivered+x@simulator.test'] }), kept])
    await confirm(merchant, bulkId, { 'leave.draft': 'on' })
    expect(await sentTo()).toEqual(['delivered+x@simulator.test'])
    expect(await number(kept)).toBeNull()
    expect(await open(bulkId)).toContain('1 document was left out')
    expect(await list(bulkId, 'left_out')).toMatch(/Kept back.*You left out the drafts/)
  })

  it('leaves out and lists what has changed since the list was fixed', async () => {
    const named = (name: string, emails = ['delivered@simulator.test']) => ({ name, emails })
    const goes = await invoice(named('Goes'))
    const paid = await invoice(named('Paid'))
    const credited = await invoice(named('Credited'))
    const blocked = await invoice(named('Blocked', ['blocked@simulator.test']))
    const sent = await invoice(named('Sent'))
    const changed = await draft(named('Changed'))
    const gone = await draft(named('Gone'))
    const mute = await invoice(named('Mute', ['delivered+mute@simulator.test']))
    const bulkId = await select(merchant, [goes, paid, credited, blocked, sent, changed, gone, mute])
    expect(await open(bulkId)).toContain('To be sent: 8 documents')
    await env.DB.batch([
      env.DB.prepare('UPDATE documents SET paid_at = 1 WHERE id = ?').bind(paid),
      env.DB.prepare('UPDATE documents SET credited = 5 WHERE id = ?').bind(credited),
      env.DB.prepare('UPDATE documents SET version = version + 1 WHERE id = ?').bind(changed),
      env.DB.prepare('DELETE FROM documents WHERE id = ?').bind(gone),
      env.DB.prepare("UPDATE contacts SET emails = '[]' WHERE name = 'Mute'"),
    ])
    await suppress('blocked@simulator.test')
    await send(merchant, sent)
    await confirm(merchant, bulkId)
    expect(await rows("SELECT document_id FROM sends WHERE origin = 'bulk'")).toEqual([{ document_id: goes }])
    const text = await list(bulkId, 'left_out')
    expect(text).toMatch(/Paid .*It was paid meanwhile/)
    expect(text).toMatch(/Credited .*It was credited meanwhile/)
    expect(text).toMatch(/Blocked .*must not be written to/)
    expect(text).toMatch(/Sent .*It was sent meanwhile/)
    expect(text).toMatch(/Changed .*was changed meanwhile/)
    expect(text).toMatch(/Deleted .*was deleted meanwhile/)
    expect(text).toMatch(/Mute .*has no address/)
    expect(await open(bulkId)).toContain('7 documents were left out')
  })

  it('leaves out drafts whose numbers are taken, and sends the others', async () => {
    const taken = await invoice()
    await env.DB.prepare('UPDATE series SET next = next - 1').run()
    const one = await draft({ name: 'No number' })
    const bulkId = await select(merchant, [one, taken])
    await confirm(merchant, bulkId)
    expect(await rows('SELECT 1 FROM sends')).toHaveLength(1)
    expect(await list(bulkId, 'left_out')).toMatch(/No number.*has the next number already/)
  })

  it('finds what can’t be sent among many and sends the rest: two credit notes that together take too much', async () => {
    const original = await invoice()
    const { accountId, userId: actor } = merchant
    const credit = async () => {
      const id = deps.newId('doc')
      const contactId = await createContact(deps, {
        accountId,
        id: deps.newId('con'),
        contact: contactOf({ emails: ['delivered@simulator.test'] }),
      })
      await createDraft(deps, {
        accountId,
        documentId: id,
        contactId,
        content: contentOf(),
        kind: 'invoice',
        actor,
      })
      await env.DB.prepare("UPDATE documents SET kind = 'credit_note', refers_to = ? WHERE id = ?")
        .bind(original, id)
        .run()
      return id
    }
    const bulkId = await select(merchant, [await credit(), await credit(), await invoice()])
    await confirm(merchant, bulkId)
    for (let i = 0; i < 5; i++) await merchant.post(routes.bulkSendSteps(bulkId))
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'queued', queued: 2, withheld: 1 })
    expect(await row('SELECT credited = total AS whole FROM documents WHERE id = ?', original)).toEqual({ whole: 1 })
  })

  it('goes no further than the day’s quota, lists the rest, and sends that later', async () => {
    await env.DB.prepare('UPDATE accounts SET daily_quota = 2').run()
    const bulkId = await select(merchant, [await invoice(), await invoice(), await invoice()])
    expect(await open(bulkId)).toContain('Your account may send 2 mails a day, and 2 can still leave today')
    await confirm(merchant, bulkId)
    expect(await bulkRow(bulkId)).toMatchObject({ queued: 2, withheld: 1, over_quota: 1 })
    expect(await list(bulkId, 'left_out')).toContain('beyond the daily limit')
    await env.DB.batch([
      env.DB.prepare('UPDATE accounts SET daily_quota = 200'),
      env.DB.prepare("UPDATE deliveries SET status = 'delivered', due_at = NULL"),
    ])
    expect(await open(bulkId)).toContain('Send what was beyond the daily limit')
    const next = bulkIdOf(await merchant.post(routes.bulkSendRetries(bulkId), { from: 'quota' }))
    expect(await open(next)).toContain('Send 1 document')
  })
})

describe('progress', () => {
  it('follows the mails, and is read from one row however many they are', async () => {
    const world = heldWorld()
    merchant = world.adopt(await signUp({ settings: { batchWindowMs: 0 } }))
    const bulkId = await select(merchant, [
      await invoice({ emails: ['delivered+1@simulator.test', 'bounce+2@simulator.test'] }),
      await invoice({ emails: ['delivered+3@simulator.test'] }),
      await invoice({ emails: ['unknown+4@simulator.test'] }),
    ])
    await confirm(merchant, bulkId)
    expect(await bulkRow(bulkId)).toMatchObject({ waiting: 4, sent: 0 })
    const before = await open(bulkId)
    expect(before).toMatch(/4 On its way 0 Sent 0 Delivered 0 Problem/)
    await world.tick()
    await world.drain()
    await world.drain()
    expect(await bulkRow(bulkId)).toMatchObject({ waiting: 0, delivered: 2, problem: 1, unknown: 1 })
    const after = await open(bulkId)
    expect(after).toContain('All 4 mails have left')
    expect(after).toMatch(/2 Delivered 1 Outcome unknown 1 Problem/)

    world.counted.reset()
    await merchant.hx(routes.bulkSendProgress(bulkId))
    const few = world.counted.rowsRead()
    await env.DB.prepare(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
      INSERT INTO bulk_documents (account_id, bulk_id, position, document_id, flags, version, credited)
      SELECT ?, ?, 'x' || i, 'doc_' || i, 0, 1, 0 FROM n`)
      .bind(merchant.accountId, bulkId)
      .run()
    world.counted.reset()
    await merchant.hx(routes.bulkSendProgress(bulkId))
    expect(world.counted.rowsRead()).toBeLessThanOrEqual(few)
    expect(few).toBeLessThanOrEqual(10)
  })

  it('answers a page that has seen it already with nothing', async () => {
    const bulkId = await select(merchant, [await invoice()])
    await confirm(merchant, bulkId)
    const html = await (await merchant.get(routes.bulkSend(bulkId))).text()
    const path = /hx-get="([^"]*progress[^"]*)"/.exec(html)?.[1] ?? ''
    expect((await merchant.hx(path)).status).toBe(204)
    await env.DB.prepare("UPDATE deliveries SET status = 'sent', due_at = NULL").run()
    const update = await merchant.hx(path)
    expect(await update.text()).toContain('1 mail has left')
  })

  it('is found again after the laptop was closed, and goes on with the ticks alone', async () => {
    const world = heldWorld()
    merchant = world.adopt(await signUp({ settings: { batchWindowMs: 0 } }))
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push(await invoice())
    const bulkId = await select(merchant, ids)
    await env.DB.prepare(
      "UPDATE bulk_sends SET state = 'queueing', working = 1, confirmed_at = 1, confirmed_by = ?, due_at = 1",
    )
      .bind(merchant.userId)
      .run()
    await world.tick()
    await world.tick()
    await world.drain()
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'queued', queued: 3, delivered: 3 })
    expect(await textOf(await merchant.get(routes.bulkSends))).toMatch(/3 documents Done/)
  })
})

describe('undo', () => {
  it('takes back everything that waits, and the documents show what they showed before', async () => {
    const earlier = await invoice({ emails: ['delivered+1@simulator.test'] })
    await send(merchant, earlier)
    await env.DB.batch([
      env.DB.prepare("UPDATE deliveries SET status = 'delivered', due_at = NULL"),
      env.DB.prepare("UPDATE documents SET mail_state = 'delivered' WHERE latest_send_id IS NOT NULL"),
    ])
    const fresh = await draft()
    const bulkId = await select(merchant, [earlier, fresh])
    await confirm(merchant, bulkId)
    expect(await open(bulkId)).toContain('2 mails leave in')
    const undone = await merchant.follow(await merchant.post(routes.bulkSendCancellation(bulkId)))
    expect(await textOf(undone)).toContain('Undone: 2 mails were taken back')
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'undone', waiting: 0, cancelled: 2, working: null })
    const states = await rows('SELECT id, mail_state FROM documents ORDER BY id')
    expect(states).toEqual([
      { id: earlier, mail_state: 'delivered' },
      { id: fresh, mail_state: 'not_sent' },
    ])
    expect(await rows("SELECT 1 FROM history WHERE type = 'cancelled'")).toHaveLength(2)
    expect(await row('SELECT used FROM daily_sends')).toEqual({ used: 1 })
    await merchant.post(routes.bulkSendCancellation(bulkId))
    await confirm(merchant, bulkId)
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'undone', cancelled: 2 })
  })

  it('stops what has not been queued yet', async () => {
    const bulkId = await select(merchant, [await invoice(), await invoice()])
    await env.DB.prepare("UPDATE bulk_sends SET state = 'queueing', working = 1, confirmed_at = 1, due_at = 1").run()
    await merchant.post(routes.bulkSendCancellation(bulkId))
    await merchant.post(routes.bulkSendSteps(bulkId))
    expect(await rows('SELECT 1 FROM sends')).toEqual([])
    expect(await list(bulkId)).toContain('Taken back')
  })

  it('says so when all has left', async () => {
    const bulkId = await select(merchant, [await invoice()])
    await confirm(merchant, bulkId)
    await env.DB.prepare("UPDATE deliveries SET status = 'sent', due_at = NULL").run()
    const late = await merchant.follow(await merchant.post(routes.bulkSendCancellation(bulkId)))
    expect(await textOf(late)).toContain('All mails had left already')
    expect(await bulkRow(bulkId)).toMatchObject({ state: 'queued', cancelled: 0 })
  })
})

describe('the result sheet', () => {
  it('says of every document and address what became of it and why, page by page and as CSV', async () => {
    const world = heldWorld()
    merchant = world.adopt(await signUp({ settings: { batchWindowMs: 0 } }))
    const bulkId = await select(merchant, [
      await invoice({ name: '=HYPERLINK("x")', emails: ['delivered+1@simulator.test', 'bounce+2@simulator.test'] }),
      await invoice({ name: 'Nowhere', emails: [] }),
    ])
    await confirm(merchant, bulkId)
    await world.tick()
    await world.drain()
    await world.drain()
    expect(await list(bulkId)).toMatch(
      /bounce\+2@simulator.test Bounced .*refused the mail for good.*550 5.1.1.*delivered\+1@simulator.test Delivered/,
    )
    expect(await list(bulkId)).toMatch(/Nowhere .*Left out.*no address/)
    expect(await list(bulkId, 'problem')).not.toContain('Nowhere')
    const csv = await merchant.get(routes.bulkSendResults(bulkId))
    expect(csv.headers.get('content-type')).toContain('text/csv')
    const lines = (await csv.text()).split('\r\n')
    expect(lines[0]).toBe(
      'Number,Kind,Contact,Amount,Currency,Address,Outcome,Reason,Server’s words,Sent on,Delivered on',
    )
    expect(lines.filter((line) => line.includes(`"'=HYPERLINK(""x"")"`))).toHaveLength(2)
    expect(lines.find((line) => line.includes('bounce+2'))).toContain(',Bounced,')
    expect(lines.find((line) => line.includes('Nowhere'))).toContain(',Left out,The customer has no address.')
    expect(lines).toHaveLength(5)
  })

  it('has pages that follow each other', async () => {
    const ids = await Promise.all(Array.from({ length: 3 }, () => invoice()))
    const bulkId = await select(merchant, ids)
    await env.DB.prepare(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
      INSERT INTO bulk_documents (account_id, bulk_id, position, document_id, flags, version, credited)
      SELECT ?, ?, printf('z%03d', i), 'doc_gone', 32, 1, 0 FROM n`)
      .bind(merchant.accountId, bulkId)
      .run()
    const first = await (await merchant.get(routes.bulkSendDocuments(bulkId))).text()
    const next = /href="([^"]*)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await (await merchant.get(next)).text()
    const rowsOf = (html: string) => html.split('<tr>').length - 2
    expect([rowsOf(first), rowsOf(second)]).toEqual([50, 13])
    expect(second).not.toContain('rel="next"')
  })

  it('repeats only what failed, to the addresses as they are now, and to nobody twice', async () => {
    const world = heldWorld()
    merchant = world.adopt(await signUp({ settings: { batchWindowMs: 0 } }))
    const fine = await invoice({ emails: ['delivered+fine@simulator.test'] })
    const mended = await invoice({ name: 'Mended', emails: ['delivered+1@simulator.test', 'bounce+2@simulator.test'] })
    const bulkId = await select(merchant, [fine, mended])
    await confirm(merchant, bulkId)
    await world.tick()
    await world.drain()
    await world.drain()
    await env.DB.prepare(
      `UPDATE contacts SET emails = '["delivered+1@simulator.test", "delivered+new@simulator.test"]' WHERE name = 'Mended'`,
    ).run()
    expect(await open(bulkId)).toContain('Retry only the failed')
    const next = bulkIdOf(await merchant.post(routes.bulkSendRetries(bulkId), {}))
    expect(await open(next)).toContain('To be sent: 1 document to 1 address')
    await confirm(merchant, next)
    expect(await rows('SELECT address FROM deliveries WHERE bulk_id = ?', next)).toEqual([
      { address: 'delivered+new@simulator.test' },
    ])
  })
})

it('finalises many drafts through the same door as one: what they say is what a single one would', async () => {
  const { accountId, userId: actor } = merchant
  const [alone, together] = [await draft({ name: 'Twin' }), await draft({ name: 'Twin' })]
  await finaliseDocument(deps, { accountId, documentId: alone, version: 1, actor })
  await confirm(merchant, await select(merchant, [together, await draft()]))
  const paper = async (id: string) =>
    row('SELECT paper, contact_key, due_date, total, version FROM documents WHERE id = ?', id)
  expect(await paper(together)).toEqual(await paper(alone))
})
