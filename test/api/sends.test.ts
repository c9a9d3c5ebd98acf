import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Api, apiFor } from '../support/api'
import { belongingsOf } from '../support/belongings'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { rowsOf } from '../support/database-rows'
import { draftFor, invoiceFor } from '../support/sendable'
import { deliverIds, tick } from '../support/worker'

beforeAll(freshStorage)

let merchant: Merchant
let api: Api

beforeAll(async () => {
  merchant = await signUp({ settings: { batchWindowMs: 600_000 } })
  api = await apiFor(merchant)
})

const sendPath = (documentId: string) => `/documents/${documentId}/sends`
const countSends = async (documentId: string) =>
  (await rows('SELECT 1 FROM sends WHERE document_id = ?', documentId)).length

const sent = async (documentId: string, body: object = {}) => {
  const answer = await api(sendPath(documentId), { json: body })
  expect(answer.status, answer.text).toBe(202)
  return answer.json
}

const pointersOf = (answer: { json: { errors: { pointer: string }[] } }) =>
  answer.json.errors.map(({ pointer }) => pointer).sort()

describe('a send', () => {
  it('goes to the addresses of the contact, and is read and listed as it was answered', async () => {
    const documentId = await invoiceFor(merchant)
    const answer = await api(sendPath(documentId), { json: { external_id: 'mail-1', metadata: { shop: 'north' } } })
    expect(answer.status, answer.text).toBe(202)
    const { id, undo_until: undoUntil } = answer.json
    expect(answer.headers.get('location')).toBe(`/api/v1/sends/${id}`)
    expect(answer.json).toMatchObject({
      ...{ document_id: documentId, origin: 'api', state: 'on_its_way', language: 'de', attach_pdf: true },
      ...{ send_at: null, external_id: 'mail-1', metadata: { shop: 'north' } },
      deliveries: [{ address: 'delivered@simulator.test', state: 'queued', reason: null, sent_at: null }],
    })
    expect(Date.parse(undoUntil) - Date.now()).toBeGreaterThan(500_000)
    expect((await api(`/sends/${id}`)).json).toEqual(answer.json)
    expect((await api('/sends?external_id=mail-1')).json.data).toEqual([answer.json])
    expect(await row('SELECT created_by FROM sends WHERE id = ?', id)).toEqual({ created_by: api.id })
  })

  it('takes addresses, language, texts, PDF and time from the request', async () => {
    const documentId = await invoiceFor(merchant)
    const sendAt = new Date(Date.now() + 86_400_000).toISOString()
    const send = await sent(documentId, {
      ...{ to: ['delivered+1@simulator.test', 'delivered+2@simulator.test'], language: 'fr', attach_pdf: false },
      ...{ subject: ' Votre {{ document.number }} ', body: 'Bonjour', send_at: sendAt },
    })
    expect(send).toMatchObject({ language: 'fr', attach_pdf: false, send_at: sendAt, undo_until: sendAt })
    expect(send.deliveries.map(({ address }: { address: string }) => address).sort()).toEqual([
      'delivered+1@simulator.test',
      'delivered+2@simulator.test',
    ])
    expect(await row('SELECT subject, body FROM sends WHERE id = ?', send.id)).toEqual({
      subject: 'Votre {{ document.number }}',
      body: 'Bonjour',
    })
  })

  it('finalises a draft in the same step, and leaves one alone that is incomplete', async () => {
    const draft = await draftFor(merchant)
    await sent(draft)
    expect(await row('SELECT status FROM documents WHERE id = ?', draft)).toEqual({ status: 'final' })
    const incomplete = await draftFor(merchant, { content: { lines: [] } })
    const refused = await api(sendPath(incomplete), { json: {} })
    expect([refused.status, refused.json.code]).toEqual([409, 'incomplete'])
    expect(refused.json.errors).toMatchObject([{ code: 'lines' }])
    expect(await row('SELECT status FROM documents WHERE id = ?', incomplete)).toEqual({ status: 'draft' })
    expect(await countSends(incomplete)).toBe(0)
  })

  it('of a document that was sent before has the text of repeated mails', async () => {
    const documentId = await invoiceFor(merchant)
    const first = await sent(documentId)
    expect((await sent(documentId)).origin).toBe('resend')
    const listed = await api(`/sends?document_id=${documentId}&limit=1`)
    expect(listed.json.data).toHaveLength(1)
    const next = await api(`/sends?document_id=${documentId}&limit=1&cursor=${listed.json.next_cursor}`)
    expect(next.json).toMatchObject({ data: [{ id: first.id }], next_cursor: null })
  })

  it('names everything that is wrong at once, and makes nothing', async () => {
    const documentId = await draftFor(merchant)
    const answer = await api(sendPath(documentId), {
      json: { to: ['a@b.example', 'nobody'], language: 'xx', send_at: '2001-01-01T00:00:00Z' },
    })
    expect(answer.status, answer.text).toBe(422)
    expect(pointersOf(answer)).toEqual(['/language', '/send_at', '/to/1'])
    const text = await api(sendPath(documentId), { json: { body: 'Dear {{ nobody }}' } })
    expect(text.status, text.text).toBe(422)
    expect(text.json.errors).toMatchObject([{ pointer: '/body', code: 'text_unknown_variable' }])
    const empty = await api(sendPath(documentId), { json: { to: [] } })
    expect([empty.status, pointersOf(empty)]).toEqual([422, ['/to']])
    expect(await row('SELECT status FROM documents WHERE id = ?', documentId)).toEqual({ status: 'draft' })
    expect(await countSends(documentId)).toBe(0)
  })

  it('leaves suppressed addresses out, is refused without any, and drops a mail to one that is named', async () => {
    const emails = ['blocked@customer.example', 'delivered+3@simulator.test']
    const documentId = await invoiceFor(merchant, { contact: { emails } })
    const blocked = await invoiceFor(merchant, { contact: { emails: emails.slice(0, 1) } })
    await env.DB.prepare(
      `INSERT INTO suppressions (account_id, address_key, reason, server_text, created_at, created_by)
       VALUES (?, 'blocked@customer.example', 'manual', '', 0, '')`,
    )
      .bind(merchant.accountId)
      .run()
    expect((await sent(documentId)).deliveries).toMatchObject([{ address: emails[1] }])
    const refused = await api(sendPath(blocked), { json: {} })
    expect([refused.status, refused.json.code]).toEqual([409, 'suppressed'])
    const { id, deliveries } = await sent(blocked, { to: emails.slice(0, 1) })
    await env.DB.prepare("UPDATE deliveries SET status = 'dispatched', rank = 1 WHERE send_id = ?").bind(id).run()
    await deliverIds([deliveries[0].id])
    const after = (await api(`/sends/${id}`)).json
    expect(after).toMatchObject({ state: 'problem', undo_until: null })
    expect(after.deliveries).toMatchObject([
      { state: 'dropped', reason: 'manual', detail: expect.stringMatching(/\w/) },
    ])
    const dropped = (await api('/sends?state=problem')).json.data
    expect(dropped.map((one: { id: string }) => one.id)).toEqual([id])
  })

  it('is refused above the quota, without a contact’s address, and while the reply address is unconfirmed', async () => {
    const poor = await signUp()
    const its = await apiFor(poor)
    const codeOf = async (documentId: string) => {
      const answer = await its(sendPath(documentId), { json: {} })
      return [answer.status, answer.json.code, await countSends(documentId)]
    }
    expect(await codeOf(await invoiceFor(poor, { contact: { emails: [] } }))).toEqual([409, 'no_address', 0])
    const documentId = await draftFor(poor, { contact: { emails: ['anna@krueger.example'] } })
    await env.DB.prepare('UPDATE accounts SET daily_quota = 0 WHERE id = ?').bind(poor.accountId).run()
    expect(await codeOf(documentId)).toEqual([409, 'quota_reached', 0])
    await env.DB.prepare("UPDATE accounts SET confirmed_reply_email = '' WHERE id = ?").bind(poor.accountId).run()
    expect(await codeOf(documentId)).toEqual([409, 'reply_address_unconfirmed', 0])
    expect(await row('SELECT status FROM documents WHERE id = ?', documentId)).toEqual({ status: 'draft' })
  })

  it('has an external id that no other of its mode has', async () => {
    const [one, draft] = [await invoiceFor(merchant), await draftFor(merchant)]
    await sent(one, { external_id: 'once' })
    for (const documentId of [one, draft]) {
      const twin = await api(sendPath(documentId), { json: { external_id: 'once' } })
      expect([twin.status, twin.json.code]).toEqual([409, 'external_id_taken'])
    }
    expect(await row('SELECT status FROM documents WHERE id = ?', draft)).toEqual({ status: 'draft' })
    const testApi = await apiFor(merchant, { test: true })
    const tried = await invoiceFor(merchant, { test: true })
    expect((await testApi(sendPath(tried), { json: { external_id: 'once' } })).status).toBe(202)
    expect((await testApi('/sends?external_id=once')).json.data).toMatchObject([{ document_id: tried }])
    expect((await api('/sends?external_id=once')).json.data).toMatchObject([{ document_id: one }])
  })

  it('is made once of two requests with one Idempotency-Key, also if the first one died', async () => {
    const documentId = await invoiceFor(merchant)
    const once = { json: {}, headers: { 'idempotency-key': 'send once' } }
    const [first, second] = [await api(sendPath(documentId), once), await api(sendPath(documentId), once)]
    expect([first.status, second.text]).toEqual([202, first.text])
    await env.DB.prepare("UPDATE idempotency_keys SET status = NULL, leased_until = 1 WHERE key = 'send once'").run()
    await env.DB.prepare("UPDATE contacts SET emails = '[]' WHERE id = (SELECT contact_id FROM documents WHERE id = ?)")
      .bind(documentId)
      .run()
    const third = await api(sendPath(documentId), once)
    expect([third.status, third.json.id]).toEqual([202, first.json.id])
    expect(await countSends(documentId)).toBe(1)
  })
})

describe('undoing a send', () => {
  it('cancels what waits, may be repeated, and is refused once all has left', async () => {
    const { id } = await sent(await invoiceFor(merchant))
    const remove = { method: 'DELETE' } as const
    const undone = await api(`/sends/${id}`, remove)
    expect(undone.status, undone.text).toBe(200)
    expect(undone.json).toMatchObject({ state: 'not_sent', undo_until: null, deliveries: [{ state: 'cancelled' }] })
    expect((await api(`/sends/${id}`, remove)).json).toEqual(undone.json)

    const left = await sent(await invoiceFor(merchant))
    await env.DB.prepare('UPDATE deliveries SET due_at = 1 WHERE send_id = ?').bind(left.id).run()
    await tick()
    const refused = await api(`/sends/${left.id}`, remove)
    expect([refused.status, refused.json.code]).toEqual([409, 'already_dispatched'])
    expect(refused.json.detail).toContain('already')
  })
})

describe('the world of a key', () => {
  it('ends at its mode: the other one’s documents and sends are not found', async () => {
    const testApi = await apiFor(merchant, { test: true })
    const [live, tried] = [await invoiceFor(merchant), await invoiceFor(merchant, { test: true })]
    const [liveSend, testSend] = [
      (await api(sendPath(live), { json: {} })).json.id,
      (await testApi(sendPath(tried), { json: {} })).json.id,
    ]
    for (const [own, other, send] of [
      [api, tried, testSend],
      [testApi, live, liveSend],
    ] as const) {
      const answers = [
        await own(sendPath(other), { json: {} }),
        await own(`/sends/${send}`),
        await own(`/sends/${send}`, { method: 'DELETE' }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
      const listed = (await own('/sends?limit=100')).json.data
      expect(listed.map(({ id }: { id: string }) => id)).not.toContain(send)
    }
    const strangers = await testApi(sendPath(tried), { json: { to: ['anna@krueger.example'] } })
    expect([strangers.status, strangers.json.code]).toEqual([409, 'test_recipients'])
  })

  it('ends at its account, and changes nothing of another', async () => {
    const owner = await signUp()
    const its = await belongingsOf(owner)
    const before = await rowsOf(owner.accountId)
    const answers = [
      await api(sendPath(its.finalId), { json: {} }),
      await api(`/sends/${its.sendId}`),
      await api(`/sends/${its.sendId}`, { method: 'DELETE' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect((await api(`/sends?document_id=${its.sentId}`)).json.data).toEqual([])
    expect(await rowsOf(owner.accountId)).toEqual(before)
  })

  it('takes the scope of each method', async () => {
    const documentId = await invoiceFor(merchant)
    const others = await apiFor(merchant, { scopes: ['read', 'write'] })
    const sender = await apiFor(merchant, { scopes: ['send'] })
    expect((await others(sendPath(documentId), { json: {} })).status).toBe(403)
    const { status, json } = await sender(sendPath(documentId), { json: {} })
    expect(status).toBe(202)
    expect((await sender(`/sends/${json.id}`)).status).toBe(403)
    expect((await others(`/sends/${json.id}`, { method: 'DELETE' })).status).toBe(403)
  })
})
