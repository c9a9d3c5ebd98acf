/** What a send may cost in rows, counted where the platform bills them: from the confirming POST to `delivered`, all of it. */

import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../src/routes'
import { heldWorld } from './support/bulk'
import { type FormFields, type Merchant, signUp } from './support/client'
import { freshStorage, row } from './support/database'
import { insertQueuedSends } from './support/fixtures'
import { invoiceFor, sendForm } from './support/sendable'
import { tick } from './support/worker'

const SENDS = 40
const ROWS_WRITTEN_PER_SEND = 16
const ROWS_READ_PER_SEND = 60
const ROWS_READ_BY_AN_IDLE_TICK = 10

const { counted, bindings, adopt, drain } = heldWorld()

beforeEach(freshStorage)

/** Final invoices to customers of the simulator, each with its Send form as it opens. */
async function readyToSend(merchant: Merchant): Promise<[string, FormFields][]> {
  const forms: [string, FormFields][] = []
  for (let n = 0; n < SENDS; n++) {
    const id = await invoiceFor(merchant, { contact: { emails: [`delivered+${n}@simulator.test`] } })
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
