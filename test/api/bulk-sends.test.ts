import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Api, apiFor } from '../support/api'
import { belongingsOf } from '../support/belongings'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { rowsOf } from '../support/database-rows'
import { insertManyDocuments } from '../support/many-documents'
import { draftFor, invoiceFor } from '../support/sendable'
import { tick } from '../support/worker'

beforeAll(freshStorage)

let merchant: Merchant
let api: Api

beforeAll(async () => {
  merchant = await signUp({ settings: { batchWindowMs: 600_000 } })
  api = await apiFor(merchant)
})

const countSends = async (accountId = merchant.accountId) =>
  (await rows('SELECT 1 FROM sends WHERE account_id = ?', accountId)).length

describe('a bulk send', () => {
  it('of chosen documents is counted first, then sent, with a result for each', async () => {
    const [final, draft] = [await invoiceFor(merchant), await draftFor(merchant)]
    const mute = await invoiceFor(merchant, { contact: { emails: [] } })
    const ids = { document_ids: [final, draft, mute, final], leave_out: ['draft'] }
    const before = await countSends()
    const preflight = await api('/bulk-sends', { json: { ...ids, dry_run: true } })
    expect(preflight.status, preflight.text).toBe(200)
    expect(preflight.json).toMatchObject({
      ...{ state: 'ready', collected: 3, ready: { documents: 1, addresses: 1 }, refusal: null, confirmed_at: null },
      left_out: [
        { reason: 'no_address', documents: 1 },
        { reason: 'draft', documents: 1 },
      ],
      ...{ groups: { draft: 1, paid: 0 }, quota: { limit: 200 }, queued: 0 },
    })
    await tick()
    expect((await api(`/bulk-sends/${preflight.json.id}`)).json.state).toBe('ready')
    expect(await countSends()).toBe(before)

    const answer = await api('/bulk-sends', { json: ids })
    expect(answer.status, answer.text).toBe(202)
    const { id } = answer.json
    expect(answer.headers.get('location')).toBe(`/api/v1/bulk-sends/${id}`)
    expect(answer.json).toMatchObject({ state: 'queued', queued: 1, deliveries: { waiting: 1 }, quota: null })
    expect((await api(`/bulk-sends/${id}`)).json).toEqual(answer.json)
    expect(await countSends()).toBe(before + 1)

    const first = await api(`/bulk-sends/${id}/results?limit=2`)
    const second = await api(`/bulk-sends/${id}/results?limit=2&cursor=${encodeURIComponent(first.json.next_cursor)}`)
    expect(second.json.next_cursor).toBeNull()
    const results = new Map([...first.json.data, ...second.json.data].map((one) => [one.document_id, one]))
    expect(results.size).toBe(3)
    expect(results.get(final)).toMatchObject({
      ...{ state: 'on_its_way', reason: null },
      deliveries: [{ address: 'delivered@simulator.test', state: 'queued' }],
    })
    expect(results.get(draft)).toMatchObject({ state: 'left_out', reason: 'draft', number: null, deliveries: [] })
    expect(results.get(mute)).toMatchObject({ state: 'left_out', reason: 'no_address' })
    const [made] = (await api(`/sends?document_id=${final}`)).json.data
    expect(made).toMatchObject({ origin: 'bulk' })
  })

  it('of a filter that is too long for one request goes on by itself', async () => {
    const owner = await signUp({ settings: { batchWindowMs: 600_000 } })
    const its = await apiFor(owner)
    await insertManyDocuments(owner.accountId, 800)
    const last = await invoiceFor(owner)
    const started = await its('/bulk-sends', { json: { filter: { type: 'invoice', state: 'open' } } })
    expect([started.status, started.json.state]).toEqual([202, 'queueing'])
    const all = await its('/bulk-sends', { json: { filter: {}, leave_out: [] } })
    expect(all.status, all.text).toBe(202)
    for (let n = 0; n < 4; n++) await tick()
    expect((await its(`/bulk-sends/${started.json.id}`)).json).toMatchObject({ state: 'queued', queued: 1 })
    expect((await its(`/bulk-sends/${all.json.id}`)).json).toMatchObject({ collected: 801, refusal: null })
    expect(await rows('SELECT document_id FROM sends WHERE account_id = ?', owner.accountId)).toEqual([
      { document_id: last },
    ])
  })

  it('says why nothing is sent: at once where the account may not send, else in its state', async () => {
    const nothing = await api('/bulk-sends', {
      json: { document_ids: [await invoiceFor(merchant, { contact: { emails: [] } })] },
    })
    expect([nothing.status, nothing.json.state]).toEqual([202, 'ready'])
    expect(nothing.json.refusal).toEqual({ code: 'bulk_nothing_goes', detail: expect.stringMatching(/\w/) })
    await tick()
    expect((await api(`/bulk-sends/${nothing.json.id}`)).json).toEqual(nothing.json)

    const poor = await signUp()
    const its = await apiFor(poor)
    const json = { document_ids: [await invoiceFor(poor)] }
    await env.DB.prepare('UPDATE accounts SET resting_at = 1 WHERE id = ?').bind(poor.accountId).run()
    const rests = await its('/bulk-sends', { json })
    expect([rests.status, rests.json.code]).toEqual([409, 'sending_rests'])
    await env.DB.prepare("UPDATE accounts SET confirmed_reply_email = '' WHERE id = ?").bind(poor.accountId).run()
    const unconfirmed = await its('/bulk-sends', { json })
    expect([unconfirmed.status, unconfirmed.json.code]).toEqual([409, 'reply_address_unconfirmed'])
    expect(await rows('SELECT 1 FROM bulk_sends WHERE account_id = ?', poor.accountId)).toEqual([])
  })

  it('is not confirmed for an account that was closed while its documents were collected', async () => {
    const owner = await signUp()
    const its = await apiFor(owner)
    await insertManyDocuments(owner.accountId, 1_300)
    await invoiceFor(owner)
    const started = await its('/bulk-sends', { json: { filter: {} } })
    expect(started.json.state).toBe('collecting')
    await env.DB.prepare('UPDATE accounts SET closing_at = ? WHERE id = ?')
      .bind(Date.now() + 86_400_000, owner.accountId)
      .run()
    for (let n = 0; n < 3; n++) await tick()
    const after = await its(`/bulk-sends/${started.json.id}`)
    expect(after.json).toMatchObject({ state: 'ready', refusal: { code: 'account_closing' } })
    expect(await countSends(owner.accountId)).toBe(0)
  })

  it('takes either documents or a filter, and fields that it knows', async () => {
    for (const json of [
      {},
      { document_ids: [], dry_run: true },
      { document_ids: ['a'], filter: {} },
      { filter: { q: 'x' } },
    ]) {
      const answer = await api('/bulk-sends', { json })
      expect([answer.status, answer.json.code], answer.text).toEqual([422, 'invalid'])
    }
  })

  it('is made once of two requests with one Idempotency-Key, also if the first one died', async () => {
    const documentId = await invoiceFor(merchant)
    const once = { json: { document_ids: [documentId] }, headers: { 'idempotency-key': 'bulk once' } }
    const first = await api('/bulk-sends', once)
    expect((await api('/bulk-sends', once)).text).toBe(first.text)
    await env.DB.prepare("UPDATE idempotency_keys SET status = NULL, leased_until = 1 WHERE key = 'bulk once'").run()
    const third = await api('/bulk-sends', once)
    expect([third.status, third.json.id]).toEqual([202, first.json.id])
    expect(await rows('SELECT 1 FROM sends WHERE document_id = ?', documentId)).toHaveLength(1)
  })
})

describe('the world of a key', () => {
  it('ends at its mode and its account', async () => {
    const owner = await signUp()
    const its = await belongingsOf(owner)
    const [live, tried] = [await invoiceFor(merchant), await invoiceFor(merchant, { test: true })]
    const testApi = await apiFor(merchant, { test: true })
    const made = await testApi('/bulk-sends', { json: { document_ids: [tried] } })
    expect([made.status, made.json.queued], made.text).toEqual([202, 1])
    const before = await rowsOf(owner.accountId)
    for (const [client, foreign] of [
      [api, tried],
      [api, its.finalId],
      [testApi, live],
    ] as const) {
      const refused = await client('/bulk-sends', { json: { document_ids: [live, tried, foreign] } })
      expect([refused.status, refused.json.code]).toEqual([404, 'not_found'])
      expect(refused.json.errors).toContainEqual(expect.objectContaining({ pointer: '/document_ids/2' }))
    }
    for (const id of [made.json.id, its.bulkId, its.confirmedBulkId]) {
      expect((await api(`/bulk-sends/${id}`)).status).toBe(404)
      expect((await api(`/bulk-sends/${id}/results`)).status).toBe(404)
    }
    expect(await rowsOf(owner.accountId)).toEqual(before)
  })

  it('takes the scope of each method', async () => {
    const json = { document_ids: [await invoiceFor(merchant)], dry_run: true }
    expect((await (await apiFor(merchant, { scopes: ['read', 'write'] }))('/bulk-sends', { json })).status).toBe(403)
    const sender = await apiFor(merchant, { scopes: ['send'] })
    const made = await sender('/bulk-sends', { json })
    expect(made.status).toBe(200)
    expect((await sender(`/bulk-sends/${made.json.id}`)).status).toBe(403)
  })
})
