/** Tests test mode, which marks a document and everything that depends on it. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { createContact } from '../../src/commands/contacts/create-contact'
import { createDraft } from '../../src/commands/documents/create-draft'
import { finaliseDocument } from '../../src/commands/documents/finalise-document'
import { documentPrefix } from '../../src/domain/test-mode'
import { routes } from '../../src/routes'
import { contactOf } from '../support/accounts'
import { confirm, select } from '../support/bulk'
import { formFields, type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { contentOf } from '../support/documents'
import { latestSend, send } from '../support/sendable'
import { sink } from '../support/sink'
import { deliverIds, reportEvents } from '../support/worker'

const deps = testDeps()
let merchant: Merchant
let contactId: string

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp({ settings: { batchWindowMs: 0 }, email: 'me@facteur.test' })
  contactId = deps.newId('con')
  const contact = contactOf({ emails: ['anna@krueger.example'], language: 'en' })
  await createContact(deps, { accountId: merchant.accountId, id: contactId, contact })
})

const enter = () => merchant.post(routes.testMode, { on: '1' })
const leave = () => merchant.post(routes.testMode, { on: '' })
const show = async (path: string) => textOf(await merchant.get(path))

async function draft(test: boolean): Promise<string> {
  const documentId = deps.newId(documentPrefix(test))
  const { accountId, userId: actor } = merchant
  await createDraft(deps, { accountId, documentId, contactId, content: contentOf(), kind: 'invoice', actor })
  return documentId
}

async function issue(test: boolean): Promise<string> {
  const documentId = await draft(test)
  const { accountId, userId: actor } = merchant
  const done = await finaliseDocument(deps, { accountId, documentId, version: 1, actor })
  if (!done.ok) throw new Error(done.reason)
  return documentId
}

const numberOf = async (id: string) =>
  (await row<{ number: string }>('SELECT number FROM documents WHERE id = ?', id)).number

describe('a bulk send of tests', () => {
  it('reaches the simulator before the reply address is confirmed, which one of live documents asks for', async () => {
    await env.DB.prepare("UPDATE accounts SET confirmed_reply_email = ''").run()
    await env.DB.prepare(`UPDATE contacts SET emails = '["delivered@simulator.test"]'`).run()
    const [tried, live] = [await issue(true), await issue(false)]
    expect((await confirm(merchant, await select(merchant, [live]))).status).toBe(422)
    await enter()
    const bulkId = await select(merchant, [tried])
    expect(await show(routes.bulkSend(bulkId))).toContain('Send 1 document')
    expect((await confirm(merchant, bulkId)).status).toBe(303)
    expect(await rows('SELECT document_id, address FROM deliveries')).toEqual([
      { document_id: tried, address: 'delivered@simulator.test' },
    ])
  })
})

describe('the switch', () => {
  it('shows a banner on every page until test mode is left', async () => {
    expect(await show(routes.documents)).toContain('Go to test mode')
    expect(await textOf(await merchant.follow(await enter()))).toContain('Test mode. New documents are tests')
    for (const path of [routes.contacts, routes.settings, routes.mailSettings, routes.newDocument])
      expect(await show(path)).toContain('Test mode. New documents are tests')
    expect(await textOf(await merchant.follow(await leave()))).toContain('You see your real documents again.')
    expect(await show(routes.contacts)).not.toContain('Test mode.')
  })

  it('applies to one account: another account is in live mode', async () => {
    await enter()
    const other = await signUp()
    await env.DB.prepare('INSERT INTO members (id, organization_id, user_id, role, created_at) VALUES (?, ?, ?, ?, 9)')
      .bind('second', other.accountId, merchant.userId, 'owner')
      .run()
    await merchant.post(routes.activeAccount, { accountId: other.accountId })
    expect(await show(routes.documents)).not.toContain('Test mode.')
  })

  it('labels a document’s page by the document, not by the mode', async () => {
    const [live, test] = [await issue(false), await issue(true)]
    expect(await show(routes.document(test))).toContain('This is a test document.')
    expect(await show(routes.newSend(test))).toContain('This is a test document.')
    expect(await show(routes.document(live))).not.toContain('test document')
    await enter()
    expect(await show(routes.document(live))).toContain('This document is real.')
    expect(await show(routes.newSend(live))).toContain('what you do here reaches your customer')
    expect(await show(routes.document(test))).toContain('Test mode. New documents')
  })
})

describe('test documents', () => {
  it('are what the form of a new document makes in test mode, also when it is left meanwhile', async () => {
    await enter()
    const fields = await formFields(await merchant.get(`${routes.newDocument}?contact=${contactId}`), routes.documents)
    await leave()
    const line = { 'lines.0.description': 'Binding', 'lines.0.unitPrice': '10', 'lines.0.quantity': '1' }
    const made = await merchant.post(routes.documents, { ...fields, ...line })
    expect(made.headers.get('location')).toMatch(/^\/documents\/doc_test_/)
    expect(await rows('SELECT test FROM documents')).toEqual([{ test: 1 }])
  })

  it('have numbers of their own, without a gap, and leave the live ones alone', async () => {
    const ids = await Promise.all([draft(true), draft(false), draft(true), draft(true)])
    const { accountId, userId: actor } = merchant
    await Promise.all(ids.map((documentId) => finaliseDocument(deps, { accountId, documentId, version: 1, actor })))
    const numbers = (await Promise.all(ids.map(numberOf))).sort()
    const year = new Date().getFullYear()
    expect(numbers).toEqual([`${year}-0001`, `TEST-${year}-0001`, `TEST-${year}-0002`, `TEST-${year}-0003`])
  })

  it('appear in no live list, search or contact page, and live ones in none of test mode', async () => {
    const [live, test] = [await issue(false), await issue(true)]
    const pages = [
      routes.documents,
      `${routes.documents}?state=open`,
      `${routes.documents}?q=krueger`,
      `${routes.documents}?q=backerei`,
      `${routes.documents}?q=${new Date().getFullYear()}`,
      `${routes.documents}?q=1`,
      `${routes.documents}?q=${await numberOf(test)}`,
      routes.contact(contactId),
    ]
    const linked = async (id: string) =>
      Promise.all(
        pages.map(async (path) => (await (await merchant.get(path)).text()).includes(`"${routes.document(id)}"`)),
      )
    expect(await linked(test)).toEqual(pages.map(() => false))
    expect((await linked(live)).filter(Boolean)).toHaveLength(5)
    await enter()
    expect(await linked(live)).toEqual(pages.map(() => false))
    expect((await linked(test)).filter(Boolean)).toHaveLength(6)
  })

  it('make test documents when they are copied', async () => {
    const test = await issue(true)
    const fields = await formFields(await merchant.get(routes.document(test)), routes.documentCopy(test))
    const copied = await merchant.post(routes.documentCopy(test), fields)
    expect(copied.headers.get('location')).toMatch(/^\/documents\/doc_test_/)
    const forged = await merchant.post(routes.documentCopy(test), { copyId: deps.newId('doc') })
    expect(forged.headers.get('location')).toMatch(/^\/documents\/doc_test_/)
  })
})

describe('credit notes', () => {
  it('of test documents are tests, whose numbers count for themselves', async () => {
    const test = await issue(true)
    const shown = await merchant.get(routes.document(test))
    const fields = await formFields(shown, routes.documentCreditNotes(test))
    expect((await merchant.post(routes.documentCreditNotes(test), fields)).status).toBe(303)
    const [note] = await rows<{ id: string; number: string }>(
      "SELECT id, number FROM documents WHERE kind = 'credit_note'",
    )
    expect(note?.id).toMatch(/^doc_test_/)
    expect(note?.number).toMatch(/^TEST-A-/)
  })
})

describe('mails of test documents', () => {
  it('go to the simulator and to the account’s members', async () => {
    await signUp({ accountId: merchant.accountId, email: 'colleague@facteur.test' })
    const id = await issue(true)
    const extra = 'Colleague@Facteur.test, bounce+1@simulator.test'
    expect((await send(merchant, id, { extra })).status).toBe(303)
    const { id: sendId } = await latestSend(id)
    expect(await rows('SELECT address FROM deliveries WHERE send_id = ? ORDER BY address', sendId)).toEqual([
      { address: 'Colleague@facteur.test' },
      { address: 'bounce+1@simulator.test' },
      { address: 'me@facteur.test' },
    ])
  })

  it('are refused for other recipients, with what is allowed shown beside the field', async () => {
    const id = await issue(true)
    const page = await show(routes.newSend(id))
    expect(page).toContain('In test mode, nothing is sent to this customer’s own addresses: anna@krueger.example')
    for (const extra of ['anna@krueger.example', 'me@simulator.test.example', 'former@facteur.test']) {
      const refused = await send(merchant, id, { extra })
      expect(refused.status).toBe(422)
      expect(await textOf(refused)).toContain(
        `In test mode, e-mails go only to addresses at simulator.test and to the people of your account. Remove these: ${extra}`,
      )
    }
    expect(await rows('SELECT 1 FROM sends')).toEqual([])
  })

  it('do not reach a person who has left the account since', async () => {
    const colleague = await signUp({ accountId: merchant.accountId, email: 'colleague@facteur.test' })
    const id = await issue(true)
    await send(merchant, id, { extra: 'colleague@facteur.test' })
    await env.DB.prepare('DELETE FROM members WHERE user_id = ?').bind(colleague.userId).run()
    await env.DB.prepare("UPDATE deliveries SET status = 'dispatched', rank = 1, due_at = ?")
      .bind(Date.now() + 300_000)
      .run()
    const ids = await rows<{ id: string }>('SELECT id FROM deliveries')
    await deliverIds(ids.map(({ id }) => id))
    expect(await rows("SELECT status, reason FROM deliveries WHERE address LIKE 'colleague%'")).toEqual([
      { status: 'failed', reason: 'test_recipient' },
    ])
    expect(await rows("SELECT status FROM deliveries WHERE address LIKE 'me@%'")).toEqual([{ status: 'sent' }])
    expect(await show(routes.document(id))).toContain('this address is no longer one of them')
    expect((await sink.mails()).filter(({ to }) => to.startsWith('colleague'))).toEqual([])
    await enter()
    expect(await show(routes.problems)).toContain('1 e-mail could not be delivered')
    expect(await show(routes.problems)).toContain('colleague@facteur.test')
  })

  it('that fail are shown only in test mode, by the bell and in the list of problems', async () => {
    const [test, live] = [await issue(true), await issue(false)]
    for (const id of [test, live]) await send(merchant, id, { 'to.0': 'soft-bounce@simulator.test', extra: '' })
    const found = await rows<{ id: string }>('SELECT id FROM deliveries')
    await env.DB.prepare("UPDATE deliveries SET status = 'sent', rank = 4, due_at = NULL, attempt = 1").run()
    const event = {
      class: 'bounced_soft',
      at: Date.now(),
      reason: 'mailbox_full',
      text: '452 4.2.2 Mailbox full',
    } as const
    await reportEvents(
      'simulator',
      found.map(({ id }) => ({ ...event, deliveryId: id, attempt: 1, key: `event ${id}` })),
    )
    const inLive = await show(routes.problems)
    expect(inLive).toContain('1 e-mail could not be delivered')
    expect(inLive).toContain(await numberOf(live))
    expect(inLive).not.toContain(await numberOf(test))
    await enter()
    const inTests = await show(routes.problems)
    expect(inTests).toContain('1 e-mail could not be delivered')
    expect(inTests).toContain(await numberOf(test))
    expect(await show(`${routes.documents}?mail=problem`)).toContain(await numberOf(test))
  })

  it.each([
    ['bounced_hard', '550 5.1.1 No such user'],
    ['complained', 'Reported as spam'],
    ['dropped', 'On the suppression list of the provider'],
    ['bounced_soft', '452 4.2.0 Try later'],
  ] as const)('that end %s block no address: live mails go there all the same', async (eventClass, text) => {
    const to = { 'to.0': 'anna@simulator.test', extra: '' }
    const report = async (documentId: string, event: string) => {
      const { id } = await row<{ id: string }>('SELECT id FROM deliveries WHERE document_id = ?', documentId)
      await env.DB.prepare("UPDATE deliveries SET status = 'sent', rank = 4, due_at = NULL, attempt = 1 WHERE id = ?")
        .bind(id)
        .run()
      const deliveryEvent = { class: event as typeof eventClass, at: Date.now(), text, deliveryId: id, attempt: 1 }
      await reportEvents('simulator', [{ ...deliveryEvent, key: `${event} ${id}` }])
    }
    const tests = [await issue(true), await issue(true), await issue(true)]
    for (const id of tests) {
      expect((await send(merchant, id, to)).status).toBe(303)
      await report(id, eventClass)
    }
    expect(await rows('SELECT * FROM suppressions')).toEqual([])
    expect(await show(routes.document(tests[0] ?? ''))).not.toContain('Nothing more is sent to this address')
    await enter()
    expect(await show(routes.problems)).not.toContain('Nothing more is sent to this address')
    await leave()
    const live = await issue(false)
    await send(merchant, live, to)
    await report(live, 'bounced_hard')
    expect(await rows('SELECT address_key, reason FROM suppressions')).toEqual([
      { address_key: 'anna@simulator.test', reason: 'hard_bounce' },
    ])
    await report(tests[0] ?? '', 'delivered')
    expect(await rows('SELECT 1 FROM suppressions')).toHaveLength(1)
  })

  it('need no confirmed reply address, since they reach nobody else', async () => {
    await env.DB.prepare("UPDATE accounts SET confirmed_reply_email = ''").run()
    const id = await issue(true)
    expect(await show(routes.newSend(id))).not.toContain('has not been confirmed')
    expect((await send(merchant, id, { extra: 'delivered@simulator.test' })).status).toBe(303)
  })

  it('use no more of the day’s quota than tests may, and none of the live one', async () => {
    await env.DB.prepare('UPDATE accounts SET daily_quota = 1').run()
    expect((await send(merchant, await issue(true))).status).toBe(303)
    expect((await send(merchant, await issue(true))).status).toBe(422)
    expect((await send(merchant, await issue(false))).status).toBe(303)
    const days = await rows<{ day: string }>('SELECT day FROM daily_sends ORDER BY day')
    expect(days.map(({ day }) => day.slice(10))).toEqual(['', ':test'])
  })

  it('say so in the preview', async () => {
    const id = await issue(true)
    const mail = await (await merchant.get(routes.sendPreview(id))).text()
    expect(mail).toContain('[Test]')
    expect(mail).toContain('this is not a real document')
  })
})
