/** Checks that events which are processed long after they were received make the same documents as those processed at once. */
import { beforeEach, expect, it } from 'vitest'
import { signUp } from '../support/client'
import { freshStorage, rows } from '../support/database'
import {
  charge,
  connected,
  invoice,
  invoicePayment,
  type PostedEvent,
  pass,
  postEvent,
  refund,
  settle,
} from '../support/stripe'

let hook: string

beforeEach(async () => {
  await freshStorage()
  hook = await connected(await signUp({ settings: { automaticTax: { category: 'S', rate: '20' } } }))
})

/** Posts events that the queue delivers only two hours later, in this order. */
async function receiveLate(...posted: Omit<PostedEvent, 'id'>[]): Promise<void> {
  for (const [index, event] of posted.entries())
    expect((await postEvent(hook, { id: `evt_${crypto.randomUUID()}_${index}`, ...event })).status).toBe(200)
  await settle('later')
  await pass(6)
  await pass(6)
}

const lines = async () =>
  (await rows<{ kind: string; content: string }>('SELECT kind, content FROM documents ORDER BY kind DESC')).map(
    ({ kind, content }) => [
      kind,
      (JSON.parse(content) as { lines: { description: string }[] }).lines.map(({ description }) => description),
    ],
  )

const PAID = { type: 'charge.succeeded', object: charge({ description: 'Subscription update' }) }
const INVOICE = { type: 'invoice.paid', object: invoice() }
const LINK = { type: 'invoice_payment.paid', object: invoicePayment() }

it('a payment makes a receipt with the lines of its invoice', async () => {
  await receiveLate(PAID, LINK, INVOICE)
  expect(await lines()).toEqual([['receipt', ['Notebook (at €20.00 / month)', 'Shipping']]])
})

it('a payment makes a receipt of its own if no invoice is known', async () => {
  await receiveLate(PAID)
  expect(await lines()).toEqual([['receipt', ['Subscription update']]])
})

it('a refund is credited with the lines of its credit note', async () => {
  await receiveLate(PAID, INVOICE, LINK)
  const line = { amount: 2000, quantity: 1, description: 'One notebook was torn' }
  const taxes = [{ amount: 400, tax_behavior: 'exclusive', taxability_reason: 'standard_rated' }]
  const note = {
    ...{ id: 'cn_1', object: 'credit_note', invoice: 'in_1', currency: 'eur', created: refund(1).created, total: 2400 },
    ...{ refunds: [{ refund: 're_1', amount_refunded: 2400 }], lines: { data: [{ ...line, taxes }] } },
  }
  await receiveLate({ type: 'refund.created', object: refund(2400) }, { type: 'credit_note.created', object: note })
  expect((await lines())[1]).toEqual(['credit_note', ['One notebook was torn']])
})
