/** What a send may cost in rows, counted where the platform bills them: from the confirming POST to `delivered`, all of it. */

import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Env } from '../src/env'
import worker from '../src/index'
import { routes } from '../src/routes'
import { apiFor } from './support/api'
import { heldWorld } from './support/bulk'
import { type FormFields, type Merchant, signUp } from './support/client'
import { freshStorage, row, rows } from './support/database'
import { insertQueuedSends } from './support/fixtures'
import { invoiceFor, sendForm } from './support/sendable'
import { svixCall } from './support/webhook-calls'
import { resendEvent } from './support/webhook-payloads'
import { tick } from './support/worker'

const SENDS = 40
const ROWS_WRITTEN_PER_SEND = 16
const ROWS_READ_PER_SEND = 60
const ROWS_READ_BY_AN_IDLE_TICK = 10

const { counted, bindings, adopt, drain } = heldWorld()

const HOOK_SECRET = `whsec_${btoa('a secret of the tests for webhooks')}`
const overResend = heldWorld({
  ...{ MAIL_PROVIDER: 'resend', MAIL_API_KEY: 're_test' },
  ...{ MAIL_HOOK_TOKEN: 'a-token-of-the-tests', MAIL_HOOK_SECRET: HOOK_SECRET },
})

beforeEach(freshStorage)

/** Final invoices, each with its Send form as it opens. */
async function readyToSend(merchant: Merchant, domain = 'simulator.test'): Promise<[string, FormFields][]> {
  const forms: [string, FormFields][] = []
  for (let n = 0; n < SENDS; n++) {
    const id = await invoiceFor(merchant, { contact: { emails: [`delivered+${n}@${domain}`] } })
    forms.push([id, await sendForm(merchant, id)])
  }
  return forms
}

async function costOfASend(merchant: Merchant) {
  const forms = await readyToSend(merchant)
  adopt(merchant)
  counted.reset()
  for (const [id, form] of forms) expect((await merchant.post(routes.sends(id), form)).status).toBe(303)
  await tick(bindings)
  await drain()
  await tick(bindings)
  const cost = { written: counted.rowsWritten() / SENDS, read: counted.rowsRead() / SENDS }
  const ids = JSON.stringify(forms.map(([id]) => id))
  const delivered = `SELECT count(*) AS n FROM deliveries
    WHERE status = 'delivered' AND due_at IS NULL AND document_id IN (SELECT value FROM json_each(?))`
  expect(await row(delivered, ids)).toEqual({ n: SENDS })
  return cost
}

async function newMerchant(): Promise<Merchant> {
  const merchant = await signUp({ settings: { batchWindowMs: 0 } })
  await env.DB.prepare('UPDATE accounts SET created_at = ? WHERE id = ?').bind(Date.now(), merchant.accountId).run()
  return merchant
}

describe('a send, from the confirming POST to delivered', () => {
  it('keeps to its budget of rows, and costs an account with a long past the same', async () => {
    const small = await costOfASend(await newMerchant())
    expect(small.written).toBeLessThanOrEqual(ROWS_WRITTEN_PER_SEND)
    expect(small.read).toBeLessThanOrEqual(ROWS_READ_PER_SEND)

    const merchant = await newMerchant()
    await insertQueuedSends({ accountId: merchant.accountId, name: 'past', count: 10_000, dueAt: 1 })
    await env.DB.exec(`UPDATE deliveries SET status = 'delivered', rank = 6, due_at = NULL`)
    const large = await costOfASend(merchant)
    expect(large.written).toBeLessThanOrEqual(small.written + 1)
    expect(large.read).toBeLessThanOrEqual(small.read + 1)
  }, 120_000)
})

/** What keeping an Idempotency-Key writes: its row, its index row, and the response. */
const ROWS_WRITTEN_PER_KEY = 3
/** A send by the API reads the contact, and what it responds with. */
const ROWS_READ_MORE = 2
/** Looking a key up, and whether the send exists. */
const ROWS_READ_PER_KEY = 3
/** A send that has an external id is in one index more. */
const ROWS_WRITTEN_PER_EXTERNAL_ID = 1

describe('a send by the API, from its POST to delivered', () => {
  it('writes no more rows than one by hand, apart from those of its keys', async () => {
    const merchant = await newMerchant()
    const api = await apiFor(merchant)
    const ids: string[] = []
    for (let n = 0; n < 2 * SENDS; n++)
      ids.push(await invoiceFor(merchant, { contact: { emails: [`delivered+${n}@simulator.test`] } }))
    const post = async (id: string, headers: Record<string, string>, body: object) =>
      worker.fetch(
        new Request(`http://facteur.test${routes.api}${routes.sends(id)}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${api.key}`, 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
        bindings,
      )
    const cost = async (some: string[], send: (id: string) => Response | Promise<Response>) => {
      counted.reset()
      for (const id of some) expect((await send(id)).status).toBe(202)
      await tick(bindings)
      await drain()
      await tick(bindings)
      return { written: counted.rowsWritten() / some.length, read: counted.rowsRead() / some.length }
    }
    // Events for programs cost the same whoever sends.
    await env.DB.prepare('UPDATE accounts SET records_events = 0 WHERE id = ?').bind(merchant.accountId).run()
    // The first call of a day records that the key was used.
    await api('/account')
    const plain = await cost(ids.slice(0, SENDS), (id) => post(id, {}, {}))
    expect(plain.written).toBeLessThanOrEqual(ROWS_WRITTEN_PER_SEND)
    expect(plain.read).toBeLessThanOrEqual(ROWS_READ_PER_SEND + ROWS_READ_MORE)
    const keyed = await cost(ids.slice(SENDS), (id) => post(id, { 'idempotency-key': id }, { external_id: id }))
    // What a tick writes once is shared by all sends.
    expect(Math.floor(keyed.written - plain.written)).toBe(ROWS_WRITTEN_PER_KEY + ROWS_WRITTEN_PER_EXTERNAL_ID)
    expect(keyed.read - plain.read).toBeLessThanOrEqual(ROWS_READ_PER_KEY)
    expect(await row("SELECT count(*) AS n FROM deliveries WHERE status = 'delivered'")).toEqual({ n: 2 * SENDS })
  }, 120_000)
})

describe('a send over a provider that reports by webhook', () => {
  it('keeps to the same budget, its webhook calls included', async () => {
    const merchant = await newMerchant()
    const forms = await readyToSend(merchant, 'shop.example')
    const { counted, adopt, tick, drain, bindings } = overResend
    adopt(merchant)
    counted.reset()
    for (const [id, form] of forms) expect((await merchant.post(routes.sends(id), form)).status).toBe(303)
    await tick()
    await drain()
    for (const { id, address } of await rows<Sent>("SELECT id, address FROM deliveries WHERE status = 'sent'"))
      expect((await report(bindings, id, address)).status).toBe(200)
    await drain()
    await tick()
    expect(counted.rowsWritten() / SENDS).toBeLessThanOrEqual(ROWS_WRITTEN_PER_SEND)
    expect(counted.rowsRead() / SENDS).toBeLessThanOrEqual(ROWS_READ_PER_SEND)
    expect(await row('SELECT status, count(*) AS n FROM deliveries GROUP BY status')).toEqual({
      status: 'delivered',
      n: SENDS,
    })
  }, 120_000)
})

interface Sent {
  id: string
  address: string
}

/** Reports that a mail was delivered, as Resend does. */
async function report(bindings: Env, delivery: string, address: string): Promise<Response> {
  const now = Date.now()
  const event = resendEvent('email.delivered', {
    ...{ created_at: new Date(now).toISOString(), to: [address], tags: { delivery } },
  })
  const created_at = new Date(now).toISOString()
  const { headers, body } = svixCall({ ...event, created_at }, HOOK_SECRET, { id: `msg_${delivery}`, at: now })
  const url = `http://facteur.test${routes.providerWebhook('resend', 'a-token-of-the-tests')}`
  return worker.fetch(new Request(url, { method: 'POST', headers, body: new Uint8Array(body) }), bindings)
}

describe('a tick with nothing to do', () => {
  it('reads no more than ten rows, whatever has been sent before', async () => {
    const { accountId } = await newMerchant()
    await insertQueuedSends({ accountId, name: 'old', count: 2_000, dueAt: 1 })
    await env.DB.exec(`UPDATE deliveries SET status = 'delivered', rank = 6, due_at = NULL`)
    // What may be forgotten is looked for in turns.
    for (let minute = 1; minute < 60; minute++) {
      counted.reset()
      await tick(bindings, new Date(minute * 60_000))
      expect(counted.rowsRead(), `minute ${minute}`).toBeLessThanOrEqual(ROWS_READ_BY_AN_IDLE_TICK)
      expect(counted.rowsWritten(), `minute ${minute}`).toBe(0)
    }
  })
})
