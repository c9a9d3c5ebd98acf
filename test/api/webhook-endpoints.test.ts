import { env } from 'cloudflare:test'
import { Webhook } from 'standardwebhooks'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { sendDueWebhooks } from '../../src/commands/webhooks/send-due-webhooks'
import { type Api, apiFor } from '../support/api'
import { type Merchant, signUp } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { rowsOf } from '../support/database-rows'
import { testDeps } from '../support/deps'
import { letterTo } from '../support/mailbox'
import { mailInvoice } from '../support/mailed'
import { receiver } from '../support/receiver'
import { invoiceFor } from '../support/sendable'
import { sink } from '../support/sink'
import { tick } from '../support/worker'

const HOUR = 3_600_000

let merchant: Merchant
let api: Api
beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ settings: { batchWindowMs: 0 } })
  api = await apiFor(merchant)
})

async function endpointAt(url: string, events: string[] = ['delivery.delivered'], by = api) {
  const made = await by('/webhook-endpoints', { json: { url, events } })
  expect(made.status, made.text).toBe(201)
  return made.json as { id: string; secret: string; url: string }
}

const callsOf = async (id: string) => (await api(`/webhook-endpoints/${id}/calls`)).json.data

/** Posts what is due at a time of its own. */
const postAt = (at: number) => sendDueWebhooks({ ...testDeps(), now: () => at, random: () => 0 })

async function tested(id: string): Promise<string> {
  const queued = await api(`/webhook-endpoints/${id}/tests`, { method: 'POST' })
  expect(queued.status, queued.text).toBe(202)
  return queued.json.event_id
}

describe('an endpoint', () => {
  it('gets the events of its choice, signed as Standard Webhooks says', async () => {
    const program = receiver()
    const { id, secret } = await endpointAt(program.url, ['document.finalized', 'send.queued', 'delivery.delivered'])
    const documentId = await mailInvoice(merchant, 'delivered@simulator.test')
    await vi.waitFor(async () => {
      await tick()
      expect(await program.calls()).toHaveLength(3)
    }, 10_000)
    const calls = await program.calls()
    const events = calls.map(
      ({ body, headers }) => new Webhook(secret).verify(body, headers) as Record<string, unknown>,
    )
    expect(events.map(({ type }) => type).sort()).toEqual(['delivery.delivered', 'document.finalized', 'send.queued'])
    const delivered = events.find(({ type }) => type === 'delivery.delivered')
    expect(delivered).toMatchObject({
      mode: 'live',
      data: {
        document: { id: documentId, type: 'invoice', currency: 'EUR' },
        delivery: { address: 'delivered@simulator.test', state: 'delivered', reason: null },
      },
    })
    expect(calls.map(({ headers }) => headers['webhook-id']).sort()).toEqual(events.map(({ id: one }) => one).sort())
    expect((await callsOf(id)).map(({ state }: { state: string }) => state)).toEqual(['done', 'done', 'done'])
    await api(`/webhook-endpoints/${id}`, { method: 'DELETE' })
    expect((await api(`/webhook-endpoints/${id}`)).status).toBe(404)
    expect(await rows('SELECT 1 FROM webhook_calls WHERE endpoint_id = ?', id)).toEqual([])
  })

  it('that fails gets the event again, under the same id, until it takes it', async () => {
    const program = receiver()
    await program.answer({ statuses: [500, 301, 200], body: 'not now', location: 'http://elsewhere.example/' })
    const { id } = await endpointAt(program.url)
    const event = await tested(id)
    const start = Date.now()
    await postAt(start)
    await postAt(start + 30_000)
    expect(await program.calls()).toHaveLength(1)
    await postAt(start + 61_000)
    await postAt(start + 61_000 + 300_000)
    expect(new Set((await program.calls()).map(({ headers }) => headers['webhook-id']))).toEqual(new Set([event]))
    const [call] = await callsOf(id)
    expect(call).toMatchObject({
      event_id: event,
      event_type: 'test',
      state: 'done',
      attempts: 3,
      next_attempt_at: null,
    })
    expect(call.log.map(({ status }: { status: number }) => status)).toEqual([500, 301, 200])
    expect(call.log[0].answer).toBe('not now')
    expect(await row('SELECT failing_since FROM webhook_endpoints WHERE id = ?', id)).toEqual({ failing_since: null })
  })

  it('that takes nothing for three days is switched off, and its owner is told once', async () => {
    const program = receiver()
    await program.answer({ statuses: [503] })
    const { id, url } = await endpointAt(program.url)
    await tested(id)
    let now = Date.now()
    await postAt(now)
    while ((await api(`/webhook-endpoints/${id}`)).json.enabled) {
      expect(now).toBeLessThanOrEqual(Date.now() + 74 * HOUR)
      now += 8 * HOUR
      await tested(id)
      await postAt(now)
    }
    const { json } = await api(`/webhook-endpoints/${id}`)
    expect(json).toMatchObject({ enabled: false, disabled_reason: 'failing' })
    const states = (await callsOf(id)).map(({ state }: { state: string }) => state)
    expect(states).not.toContain('waiting')
    const letter = await letterTo(merchant.email)
    expect(letter.subject).toMatch(/webhook/i)
    expect(letter.text).toContain(new URL(url).host)
    expect((await sink.rawMails()).filter(({ to }) => to === merchant.email)).toHaveLength(1)
    const refused = await api(`/webhook-endpoints/${id}/tests`, { method: 'POST' })
    expect([refused.status, refused.json.code]).toEqual([409, 'endpoint_disabled'])
    await program.answer({ statuses: [200] })
    await api(`/webhook-endpoints/${id}`, { method: 'PATCH', json: { enabled: true } })
    const [latest] = await callsOf(id)
    const repeated = await api(`/webhook-endpoints/${id}/calls/${latest.event_id}/repeats`, { method: 'POST' })
    expect(repeated.status).toBe(202)
    await postAt(Date.now())
    expect((await callsOf(id))[0]).toMatchObject({ state: 'done' })
  })

  it('that says it is gone is switched off at once', async () => {
    const program = receiver()
    await program.answer({ statuses: [410] })
    const { id } = await endpointAt(program.url)
    await tested(id)
    await postAt(Date.now())
    expect((await api(`/webhook-endpoints/${id}`)).json).toMatchObject({ enabled: false, disabled_reason: 'gone' })
  })

  it('is signed for with both secrets for a day after a change', async () => {
    const program = receiver()
    const { id, secret } = await endpointAt(program.url)
    const rotated = (await api(`/webhook-endpoints/${id}/secret`, { method: 'POST' })).json.secret
    expect(rotated).not.toBe(secret)
    await tested(id)
    await postAt(Date.now())
    const [call] = await program.calls()
    for (const valid of [secret, rotated])
      expect(() => new Webhook(valid).verify(call?.body ?? '', call?.headers ?? {})).not.toThrow()
    await tested(id)
    await postAt(Date.now() + 25 * HOUR)
    const [, later] = await program.calls()
    expect(later?.headers['webhook-signature']?.split(' ')).toHaveLength(1)
  })

  it('gets an event once although two runs look at the same time, and again if one died', async () => {
    const program = receiver()
    const { id } = await endpointAt(program.url)
    await tested(id)
    const now = Date.now()
    await Promise.all([postAt(now), postAt(now)])
    expect(await program.calls()).toHaveLength(1)
    const event = await tested(id)
    await env.DB.prepare('UPDATE webhook_calls SET due_at = ? WHERE event_id = ?')
      .bind(now + 180_000, event)
      .run()
    await postAt(now + 60_000)
    expect(await program.calls()).toHaveLength(1)
    await postAt(now + 181_000)
    expect(await program.calls()).toHaveLength(2)
  })

  it('of test mode gets the events of tests alone', async () => {
    const [live, test] = [receiver(), receiver()]
    await endpointAt(live.url, ['document.finalized'])
    await endpointAt(test.url, ['document.finalized'], await apiFor(merchant, { test: true }))
    await invoiceFor(merchant)
    await tick()
    expect(await live.calls()).toHaveLength(1)
    expect(await test.calls()).toEqual([])
  })

  it('is one of twenty at most, and its secret is shown once', async () => {
    const another = await apiFor(await signUp())
    const made = []
    for (let n = 0; n < 21; n++)
      made.push(
        await another('/webhook-endpoints', { json: { url: `http://localhost/${n}`, events: ['delivery.sent'] } }),
      )
    expect(made.map(({ status }) => status)).toEqual([...Array(20).fill(201), 409])
    expect((await another('/webhook-endpoints')).text).not.toContain('whsec_')
    const [first] = made
    expect(await rows("SELECT 1 FROM webhook_endpoints WHERE secret LIKE '%' || ? || '%'", first?.json.secret)).toEqual(
      [],
    )
  })

  it('of another account is not found, and nothing of it changes', async () => {
    const program = receiver()
    const { id } = await endpointAt(program.url)
    const event = await tested(id)
    const another = await apiFor(await signUp())
    const before = await rowsOf(merchant.accountId)
    const path = `/webhook-endpoints/${id}`
    const answers = [
      await another(path),
      await another(path, { method: 'PATCH', json: { url: 'http://localhost/mine' } }),
      await another(path, { method: 'DELETE' }),
      await another(`${path}/secret`, { method: 'POST' }),
      await another(`${path}/tests`, { method: 'POST' }),
      await another(`${path}/calls`),
      await another(`${path}/calls/${event}/repeats`, { method: 'POST' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect(await rowsOf(merchant.accountId)).toEqual(before)
    expect((await another('/events')).json.data).toEqual([])
  })

  it('names what is wrong', async () => {
    const answer = await api('/webhook-endpoints', { json: { url: 'ftp://x', events: ['nothing'], more: 1 } })
    expect(answer.json.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/events/0', '/more'])
    const url = await api('/webhook-endpoints', { json: { url: 'ftp://x', events: ['delivery.sent'] } })
    expect(url.json.errors).toMatchObject([{ pointer: '/url', code: 'target_invalid' }])
  })
})

describe('the list of events', () => {
  it('says what happened, newest first, by type', async () => {
    const own = await signUp({ settings: { batchWindowMs: 0 } })
    const reader = await apiFor(own)
    const documentId = await mailInvoice(own, 'delivered@simulator.test')
    const all = await vi.waitFor(async () => {
      const { data } = (await reader('/events')).json
      expect(data.map(({ type }: { type: string }) => type)).toContain('delivery.delivered')
      return data
    }, 10_000)
    const types = all.map(({ type }: { type: string }) => type)
    expect(types).toEqual(expect.arrayContaining(['document.finalized', 'send.queued', 'delivery.sent']))
    const one = await reader('/events?type=document.finalized')
    expect(one.json.data).toHaveLength(1)
    expect(one.json.data[0].data.document.id).toBe(documentId)
    const first = await reader('/events?limit=1')
    const rest = await reader(`/events?limit=100&cursor=${first.json.next_cursor}`)
    expect([...first.json.data, ...rest.json.data]).toEqual(all)
  })

  it('is not kept for an account without keys and endpoints', async () => {
    const own = await signUp()
    await invoiceFor(own)
    expect(await rows('SELECT 1 FROM outgoing_events WHERE account_id = ?', own.accountId)).toEqual([])
  })
})
