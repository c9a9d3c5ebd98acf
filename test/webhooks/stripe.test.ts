import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AccountSettings } from '../../src/domain/company'
import { taxOption } from '../../src/domain/typed-content'
import { routes } from '../../src/routes'
import { type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import {
  call,
  charge,
  connected,
  customer,
  invoice,
  invoicePayment,
  nowSeconds,
  pass,
  postEvent,
  refund,
  settle,
  signature,
  TEST_SECRET,
} from '../support/stripe'
import { type Receive, receiver } from '../support/stripe-account'

const TAX = { category: 'S', rate: '20' } as const

let merchant: Merchant
let hook: string
let receive: Receive

async function begin(settings: Partial<AccountSettings> = { automaticTax: TAX }): Promise<void> {
  merchant = await signUp({ settings })
  hook = await connected(merchant)
  receive = receiver(hook)
}

beforeEach(async () => {
  await freshStorage()
  await begin()
})

interface Document {
  id: string
  kind: string
  status: string
  number: string | null
  total: number
  test: number
  contact_id: string | null
  refers_to: string | null
  content: string
}
const documents = () =>
  rows<Document>('SELECT * FROM documents WHERE account_id = ? ORDER BY kind DESC, id', merchant.accountId)
const contacts = () =>
  rows<{ id: string; name: string; language: string; emails: string; archived_at: number | null; address: string }>(
    'SELECT * FROM contacts WHERE account_id = ?',
    merchant.accountId,
  )
const events = () =>
  rows<{ id: string; state: string; reason: string | null; body: string | null }>(
    'SELECT id, state, reason, body FROM stripe_events WHERE account_id = ? ORDER BY id',
    merchant.accountId,
  )

describe('a call', () => {
  it('without a signature of the account’s is refused and leaves no trace', async () => {
    const body = JSON.stringify({ id: 'evt_1', type: 'charge.succeeded', livemode: true, data: { object: charge() } })
    for (const header of ['', 't=1,v1=00', await signature(body, 'whsec_other'), await signature(body, TEST_SECRET)])
      expect((await call(hook, body, header)).status).toBe(400)
    const old = await signature(body, 'whsec_live_of_tests', nowSeconds() - 600)
    expect((await call(hook, body, old)).status).toBe(400)
    expect((await call(routes.stripeWebhook('nobody'), body, old)).status).toBe(404)
    expect(await events()).toEqual([])
  })

  it('of an unsupported type is acknowledged and recorded without its content', async () => {
    await receive({ type: 'payout.paid', object: { id: 'po_1' } })
    expect(await events()).toMatchObject([{ state: 'ignored', body: null }])
  })

  it('that lacks the data a document needs is listed with the reason', async () => {
    await receive({ type: 'charge.succeeded', object: { id: 'ch_1' } })
    expect(await events()).toMatchObject([{ state: 'unmapped', reason: 'fields_missing' }])
    expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('lacks the data a document needs')
  })
})

describe('customers', () => {
  it('become contacts in their preferred language, and follow changes at Stripe', async () => {
    await receive({ type: 'customer.created', object: customer() })
    expect(await contacts()).toMatchObject([
      { name: 'Anna Weber', language: 'de-CH', emails: '["anna@weber.example"]' },
    ])
    await receive({ type: 'customer.updated', object: customer({ name: 'Anna Keller', email: 'anna@keller.example' }) })
    expect(await contacts()).toMatchObject([{ name: 'Anna Keller', emails: '["anna@keller.example"]' }])
    await receive({ type: 'customer.deleted', object: customer() })
    expect((await contacts())[0]?.archived_at).not.toBeNull()
  })

  it('without a preferred language get none, whatever their country', async () => {
    await receive({ type: 'customer.created', object: customer({ preferred_locales: [] }) })
    expect(await contacts()).toMatchObject([{ language: '' }])
  })

  it('keep values that a person entered, especially addresses', async () => {
    await receive({ type: 'customer.created', object: customer() })
    const [contact] = await contacts()
    await merchant.fillIn(
      routes.contactEdit(contact?.id ?? ''),
      { emails: 'anna@weber.example, books@weber.example', town: 'Zollikon' },
      routes.contact(contact?.id ?? ''),
    )
    await receive({ type: 'customer.updated', object: customer({ name: 'Anna Keller', email: 'new@weber.example' }) })
    expect(await contacts()).toMatchObject([
      { name: 'Anna Keller', emails: '["anna@weber.example","books@weber.example"]' },
    ])
    expect((await contacts())[0]?.address).toContain('Zollikon')
  })

  it('that arrive after their first payment complete its contact, but none that a person has changed', async () => {
    const paid = {
      type: 'charge.succeeded',
      object: charge({ invoice: null, billing_details: { name: 'A WEBER', email: 'pay@weber.example' } }),
    }
    const posted = { type: 'customer.created', object: customer() }
    await receive(paid, posted)
    expect(await contacts()).toMatchObject([
      {
        name: 'Anna Weber',
        language: 'de-CH',
        emails: '["anna@weber.example"]',
        address: expect.stringContaining('Zürich'),
      },
    ])
    await freshStorage()
    await begin()
    await receive(paid)
    const [{ id = '' } = {}] = await contacts()
    await merchant.fillIn(routes.contactEdit(id), { name: 'By hand' }, routes.contact(id))
    await receive(posted)
    expect(await contacts()).toMatchObject([{ name: 'By hand', emails: '["pay@weber.example"]' }])
  })

  it('in the wrong order end in the state of the newest event', async () => {
    await receive({ type: 'customer.updated', object: customer({ name: 'Newer' }), created: nowSeconds() })
    await receive({ type: 'customer.created', object: customer({ name: 'Older' }), created: nowSeconds() - 60 })
    expect(await contacts()).toMatchObject([{ name: 'Newer' }])
  })
})

const CHARGE = { type: 'charge.succeeded', object: charge() }
const INVOICE = { type: 'invoice.paid', object: invoice() }
const INVOICE_PAYMENT = { type: 'invoice_payment.paid', object: invoicePayment() }

describe('a payment for an invoice', () => {
  it.each([
    [[CHARGE, INVOICE, INVOICE_PAYMENT]],
    [[INVOICE_PAYMENT, INVOICE, CHARGE]],
    [[INVOICE, INVOICE_PAYMENT, CHARGE, INVOICE]],
    [[INVOICE_PAYMENT, CHARGE, CHARGE, INVOICE]],
  ])('makes one receipt with the invoice’s lines, in any order of its events (%#)', async (posted) => {
    await receive(...posted)
    await settle('later')
    const [receipt, ...others] = await documents()
    expect(others).toEqual([])
    expect(receipt).toMatchObject({ kind: 'receipt', status: 'final', total: 12000, test: 0 })
    expect(JSON.parse(receipt?.content ?? '').lines).toMatchObject([
      { description: 'Notebook (at €20.00 / month)', quantity: '3', unitPrice: '24', taxRate: '20' },
      { description: 'Shipping', quantity: '1', unitPrice: '48', taxRate: '20' },
    ])
    expect((await events()).map(({ state }) => state)).not.toContain('unmapped')
  })

  it('shows a refund within it as a negative quantity, never as a negative price (EN 16931, BR-27)', async () => {
    const line = (amount: number, description: string) => ({
      ...{ amount, quantity: 1, description },
      tax_amounts: [{ amount: amount / 6, inclusive: true }],
    })
    const lines = { has_more: false, data: [line(-6000, 'Unused time on Plan A'), line(18000, 'Plan B')] }
    await receive({ type: 'invoice.paid', object: invoice({ payment_intent: 'pi_1', lines }) })
    const [receipt] = await documents()
    expect(receipt).toMatchObject({ status: 'final', total: 12000 })
    expect(JSON.parse(receipt?.content ?? '').lines).toMatchObject([
      { quantity: '-1', unitPrice: '60', taxRate: '20' },
      { quantity: '1', unitPrice: '180', taxRate: '20' },
    ])
  })

  it('of older versions is matched by its payment intent at once', async () => {
    const lines = {
      has_more: false,
      data: [{ amount: 12000, quantity: 1, description: 'Course', tax_amounts: [{ amount: 2000, inclusive: true }] }],
    }
    const old = invoice({ payment_intent: 'pi_1', charge: 'ch_1', lines })
    await receive(
      { type: 'invoice.paid', object: old },
      { type: 'charge.succeeded', object: charge({ invoice: 'in_1' }) },
    )
    await settle('later')
    expect(await documents()).toMatchObject([{ kind: 'receipt', status: 'final', total: 12000 }])
  })

  it('with only a charge and an invoice that do not name each other makes one receipt', async () => {
    await receive(CHARGE, INVOICE)
    await settle('later')
    expect(await documents()).toHaveLength(1)
  })

  it.each([
    ['charge', 'charge', 'invoice', 'invoice'],
    ['invoice', 'charge', 'invoice', 'charge'],
    ['invoice', 'invoice', 'charge', 'charge'],
    ['charge', 'invoice', 'invoice', 'charge'],
  ])('and another of the same price make two receipts (%s, %s, %s, %s)', async (...kinds) => {
    const seen = { charge: 0, invoice: 0 }
    for (const kind of kinds as (keyof typeof seen)[]) {
      const n = ++seen[kind]
      await receive(
        kind === 'charge'
          ? { type: 'charge.succeeded', object: charge({ id: `ch_${n}`, payment_intent: `pi_${n}` }) }
          : { type: 'invoice.paid', object: invoice({ id: `in_${n}`, number: `F-${n}` }) },
      )
      await pass(6)
    }
    expect(await documents()).toMatchObject([{ status: 'final' }, { status: 'final' }])
  })

  it('partly paid from the customer’s balance, or by a method that takes days, makes one receipt', async () => {
    const days = 5 * 86_400
    for (const [paid, created] of [
      [9000, nowSeconds()],
      [12000, nowSeconds() - days],
    ] as const) {
      await freshStorage()
      await begin()
      await receive(
        { type: 'charge.succeeded', object: charge({ amount: paid, amount_captured: paid, created }) },
        { type: 'invoice.paid', object: invoice({ amount_paid: paid }) },
      )
      await pass(6)
      const today = new Date().toISOString().slice(0, 10)
      expect(await documents()).toMatchObject([{ status: 'final', total: 12000 }])
      expect(JSON.parse((await documents())[0]?.content ?? '')).toMatchObject({ paidOn: today })
    }
  })

  it('paid outside of Stripe is not matched with a payment of the same amount', async () => {
    await receive({ type: 'invoice.paid', object: invoice({ paid_out_of_band: true }) })
    expect(await documents()).toHaveLength(1)
    await receive({ type: 'charge.succeeded', object: charge() })
    await pass(6)
    expect(await documents()).toMatchObject([{ status: 'final' }, { status: 'final' }])
  })

  it('in two parts makes a receipt for each, and none for the whole', async () => {
    const part = (n: number, amount: number) => [
      {
        type: 'invoice_payment.paid',
        object: invoicePayment({ id: `inpay_${n}`, payment: { payment_intent: `pi_${n}` } }),
      },
      {
        type: 'charge.succeeded',
        object: charge({ id: `ch_${n}`, payment_intent: `pi_${n}`, amount, amount_captured: amount }),
      },
    ]
    await receive(...part(1, 5000))
    await pass(6)
    await receive(...part(2, 7000), { type: 'invoice.paid', object: invoice() })
    await pass(6)
    expect((await documents()).map(({ status, total }) => [status, total])).toEqual([
      ['final', 5000],
      ['final', 7000],
    ])
    expect((await events()).map(({ state }) => state)).not.toContain('unmapped')
  })

  it('in two parts within minutes makes one receipt of the whole, which a refund of either part credits', async () => {
    const second = { payment_intent: 'pi_2' }
    await receive(
      { type: 'charge.succeeded', object: charge({ amount: 5000, amount_captured: 5000 }) },
      { type: 'invoice_payment.paid', object: invoicePayment() },
      { type: 'charge.succeeded', object: charge({ id: 'ch_2', ...second, amount: 7000, amount_captured: 7000 }) },
      { type: 'invoice_payment.paid', object: invoicePayment({ id: 'inpay_2', payment: second }) },
      { type: 'invoice.paid', object: invoice() },
    )
    await pass(6)
    expect(await documents()).toMatchObject([{ kind: 'receipt', status: 'final', total: 12000 }])
    await receive({ type: 'refund.created', object: refund(7000, { id: 're_2', charge: 'ch_2', ...second }) })
    await pass(6)
    expect(await documents()).toMatchObject([{ total: 12000 }, { kind: 'credit_note', total: 7000 }])
  })

  it('whose list of lines was cut off stays a draft until a key completes it, and is listed', async () => {
    const cut = invoice({ lines: { ...invoice().lines, has_more: true } })
    await receive({ type: 'invoice.paid', object: cut }, INVOICE_PAYMENT)
    expect(await documents()).toMatchObject([{ status: 'draft' }])
    expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('Stripe left lines out')
  })
})

describe('a list of lines that Stripe cut off', () => {
  const paid = [
    {
      type: 'invoice.paid',
      object: invoice({ id: 'in_long', total: 30000, lines: { ...invoice().lines, has_more: true } }),
    },
    { type: 'invoice_payment.paid', object: invoicePayment({ invoice: 'in_long' }) },
  ]
  const keep = (liveKey: string) => merchant.post(routes.stripeSettings, { liveKey })

  it('is completed by a key that comes after the tax was set', async () => {
    await freshStorage()
    await begin({})
    const untaxed = [{ amount: 30000, quantity: 1, description: 'Paper' }]
    const cut = invoice({ id: 'in_long', total: 30000, lines: { has_more: true, data: untaxed } })
    await receive({ type: 'invoice.paid', object: cut }, ...paid.slice(1))
    await env.DB.exec(
      `UPDATE accounts SET settings = json_set(settings, '$.automaticTax', json('${JSON.stringify(TAX)}'))`,
    )
    const id = (await events()).find(({ state }) => state === 'unmapped')?.id ?? ''
    await merchant.post(routes.stripeReplay(id))
    expect((await events()).find((event) => event.id === id)).toMatchObject({
      state: 'unmapped',
      reason: 'lines_incomplete',
    })
    await merchant.post(routes.stripeSettings, { liveKey: 'rk_live_reads_invoices' })
    await merchant.post(routes.stripeReplay(id))
    expect(await documents()).toMatchObject([{ status: 'final', total: 30000 }])
  })

  it('is completed with the account’s restricted key', async () => {
    await keep('rk_live_reads_invoices')
    await receive(...paid)
    const [receipt] = await documents()
    expect(receipt).toMatchObject({ status: 'final', total: 30000 })
    expect(JSON.parse(receipt?.content ?? '').lines).toHaveLength(250)
  })

  it('and has more lines than a document may have is listed as incomplete', async () => {
    await keep('rk_live_reads_invoices')
    const huge = invoice({ id: 'in_huge', total: 60120, lines: { ...invoice().lines, has_more: true } })
    const payment = invoicePayment({ invoice: 'in_huge' })
    await receive({ type: 'invoice.paid', object: huge }, { type: 'invoice_payment.paid', object: payment })
    expect(await documents()).toMatchObject([{ status: 'draft' }])
    expect((await events())[0]).toMatchObject({ state: 'unmapped', reason: 'lines_incomplete' })
  })

  it('is tried again when Stripe refuses the key, and listed in the end', async () => {
    await keep('rk_live_reads_nothing')
    await receive(...paid)
    expect(await documents()).toEqual([])
    for (let attempt = 0; attempt < 10; attempt++) {
      await env.DB.exec('UPDATE stripe_events SET due_at = 1 WHERE due_at IS NOT NULL')
      await settle()
    }
    expect((await events()).map(({ reason }) => reason)).toContain('failed')
  })

  it('needs no key that may do more than read', async () => {
    const refused = await keep('sk_live_everything')
    expect(refused.status).toBe(422)
    expect(await textOf(refused)).toContain('This key has full access')
    expect((await keep('rk_test_of_the_other_mode')).status).toBe(422)
  })
})

describe('a payment without an invoice', () => {
  const plain = charge({ invoice: null })

  it('makes one receipt with the account’s tax, however often its event is repeated', async () => {
    await receive({ type: 'charge.succeeded', object: plain }, { type: 'charge.succeeded', object: plain })
    const [receipt, ...others] = await documents()
    expect(others).toEqual([])
    expect(receipt).toMatchObject({ kind: 'receipt', status: 'final', total: 12000 })
    expect(JSON.parse(receipt?.content ?? '')).toMatchObject({
      pricesIncludeTax: true,
      paymentMethod: 'card',
      lines: [{ description: 'Bookbinding course', unitPrice: '120', taxRate: '20' }],
    })
    expect(await contacts()).toMatchObject([{ name: 'Anna Weber' }])
  })

  it('that is only authorised makes nothing until it is captured, and then of what was captured', async () => {
    const held = charge({ invoice: null, captured: false, amount_captured: 0 })
    await receive({ type: 'charge.succeeded', object: held })
    expect(await documents()).toEqual([])
    await receive({ type: 'charge.captured', object: { ...held, captured: true, amount_captured: 9000 } })
    expect(await documents()).toMatchObject([{ status: 'final', total: 9000 }])
  })

  it('in a currency without decimals has the amount that was paid', async () => {
    await receive({
      type: 'charge.succeeded',
      object: charge({ invoice: null, currency: 'jpy', amount: 1200, amount_captured: 1200 }),
    })
    expect(await documents()).toMatchObject([{ total: 1200 }])
  })

  it('of a fraction that its currency does not have stays a draft', async () => {
    const object = charge({ invoice: null, currency: 'ugx', amount: 590_050, amount_captured: 590_050 })
    await receive({ type: 'charge.succeeded', object })
    expect(await documents()).toMatchObject([{ status: 'draft' }])
    expect(await events()).toMatchObject([{ reason: 'total_differs' }])
  })

  it('stays a draft, listed, until the tax is set; replayed it is issued', async () => {
    await freshStorage()
    await begin({})
    await receive({ type: 'charge.succeeded', object: plain })
    expect(await documents()).toMatchObject([{ status: 'draft' }])
    const listed = await textOf(await merchant.get(routes.stripeSettings))
    expect(listed).toContain('Choose a rate for payments without an invoice')
    const [{ id = '' } = {}] = await events()
    const still = await merchant.post(routes.stripeReplay(id))
    expect(await textOf(await merchant.follow(still))).toContain('It still can’t be processed')
    await merchant.fillIn(routes.stripeSettings, { automaticTax: taxOption('S', '20') }, routes.stripeTax)
    const { settings } = await row<{ settings: string }>(
      'SELECT settings FROM accounts WHERE id = ?',
      merchant.accountId,
    )
    expect(JSON.parse(settings).automaticTax).toEqual({ category: 'S', rate: '20' })
    const done = await merchant.post(routes.stripeReplay(id))
    expect(await textOf(await merchant.follow(done))).toContain('It worked this time')
    expect(await documents()).toMatchObject([{ status: 'final', total: 12000 }])
  })

  it.each([null, undefined])(
    'is one of its own beside another of the same customer and amount (invoice: %s)',
    async (no) => {
      const of = (n: number) =>
        charge({ id: `ch_${n}`, payment_intent: `pi_${n}`, ...(no === null && { invoice: no }) })
      await receive({ type: 'charge.succeeded', object: of(1) })
      await pass(6)
      await receive({ type: 'charge.succeeded', object: of(2) })
      await pass(6)
      expect(await documents()).toMatchObject([{ status: 'final' }, { status: 'final' }])
    },
  )

  it('that was listed leaves the list once another event has completed its draft', async () => {
    await freshStorage()
    await begin({})
    await receive({ type: 'charge.succeeded', object: charge({ invoice: null }) })
    const listed = async () => (await textOf(await merchant.get(routes.stripeSettings))).includes('Not processed')
    expect([await documents(), await listed()]).toMatchObject([[{ status: 'draft' }], true])
    await receive({ type: 'invoice.paid', object: invoice({ payment_intent: 'pi_1' }) })
    expect([await documents(), await listed()]).toMatchObject([[{ status: 'final' }], false])
    expect(await textOf(await merchant.get(routes.stripeEvents))).toContain('charge.succeeded')
  })

  it('by guests without an address makes a contact for each: two may have one name', async () => {
    for (const n of [1, 2])
      await receive({
        type: 'charge.succeeded',
        object: charge({
          ...{ id: `ch_${n}`, payment_intent: `pi_${n}`, customer: null, invoice: null },
          billing_details: { name: 'Anna Weber' },
        }),
      })
    expect(await contacts()).toHaveLength(2)
  })

  it('that needs a second decision of the merchant stays listed, with the new reason', async () => {
    await freshStorage()
    await begin({})
    await receive({ type: 'charge.succeeded', object: charge({ invoice: null, customer: null, billing_details: {} }) })
    expect(await events()).toMatchObject([{ state: 'unmapped', reason: 'tax_unset' }])
    await env.DB.exec(
      `UPDATE accounts SET settings = json_set(settings, '$.automaticTax', json('${JSON.stringify(TAX)}'))`,
    )
    const [{ id = '' } = {}] = await events()
    for (let again = 0; again < 2; again++) {
      await merchant.post(routes.stripeReplay(id))
      expect(await events()).toMatchObject([{ state: 'unmapped', reason: 'customer_unknown' }])
    }
    expect(JSON.parse((await documents())[0]?.content ?? '').lines).toMatchObject([{ taxRate: '20' }])
  })

  it('without any data of the payer waits for a person', async () => {
    await receive({ type: 'charge.succeeded', object: charge({ invoice: null, customer: null, billing_details: {} }) })
    expect(await documents()).toMatchObject([{ status: 'draft', contact_id: null }])
    expect(await events()).toMatchObject([{ state: 'unmapped', reason: 'customer_unknown' }])
  })
})

describe('an event of Stripe’s test mode', () => {
  const plain = { type: 'charge.succeeded', object: charge({ invoice: null }), livemode: false }

  it('makes a test document with a number of the test series, and changes no live one', async () => {
    expect((await postEvent(hook, { id: 'evt_test', ...plain }, TEST_SECRET)).status).toBe(200)
    await settle()
    expect(await documents()).toMatchObject([{ kind: 'receipt', status: 'final', test: 1 }])
    expect((await documents())[0]?.number).toMatch(/^TEST-/)
  })

  it('signed by the live secret is refused', async () => {
    expect((await postEvent(hook, { id: 'evt_test', ...plain })).status).toBe(400)
  })
})

describe('a refund', () => {
  const paid = { type: 'charge.succeeded', object: charge({ invoice: null }) }

  it('makes one credit note, whichever of its events comes first', async () => {
    await receive(paid)
    const refunded = charge({ amount_refunded: 5000 })
    const old = charge({ amount_refunded: 5000, refunds: { data: [refund(5000)] } })
    await receive(
      { type: 'charge.refunded', object: refunded },
      { type: 'refund.created', object: refund(5000) },
      { type: 'charge.refunded', object: old },
    )
    await settle('later')
    const [receipt, credit, ...others] = await documents()
    expect(others).toEqual([])
    expect(credit).toMatchObject({ kind: 'credit_note', status: 'final', total: 5000, refers_to: receipt?.id })
    expect((await events()).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  })

  it('in parts makes one for each, and the last credits all that is left', async () => {
    await receive(paid)
    await receive({ type: 'refund.created', object: refund(5000) })
    await receive({ type: 'refund.created', object: refund(7000, { id: 're_2' }) })
    const [receipt, ...credits] = await documents()
    expect(credits.map(({ total }) => total)).toEqual([5000, 7000])
    expect(await row('SELECT credited FROM documents WHERE id = ?', receipt?.id)).toEqual({ credited: 12000 })
  })

  it('that failed or was cancelled credits nothing, and is not listed', async () => {
    await receive(paid)
    await receive({ type: 'refund.created', object: refund(5000, { status: 'failed' }) })
    expect(await documents()).toHaveLength(1)
    expect((await events()).map(({ state }) => state)).toEqual(['done', 'ignored'])
  })

  it('that the customer has yet to claim credits nothing, also in the list of a charge', async () => {
    const claimed = { status: 'requires_action' }
    const refunds = { data: [refund(5000, claimed), refund(2000, { id: 're_2' })] }
    await receive(
      { type: 'charge.succeeded', object: charge({ invoice: null }) },
      { type: 'charge.refunded', object: charge({ invoice: null, amount_refunded: 2000, refunds }) },
      { type: 'refund.created', object: refund(5000, claimed) },
    )
    expect(await documents()).toMatchObject([{ total: 12000 }, { kind: 'credit_note', total: 2000 }])
    await receive({ type: 'refund.updated', object: refund(5000) })
    expect((await documents()).map(({ total }) => total)).toEqual([12000, 2000, 5000])
  })

  it('that arrives before its payment waits for it', async () => {
    await receive({ type: 'refund.created', object: refund(12000) })
    await receive(paid)
    await env.DB.exec('UPDATE stripe_events SET due_at = 1 WHERE due_at IS NOT NULL')
    await settle()
    expect((await documents()).map(({ kind, total }) => [kind, total])).toEqual([
      ['receipt', 12000],
      ['credit_note', 12000],
    ])
  })

  it('that arrives long before its payment is listed, and makes its credit note later', async () => {
    await receive({ type: 'refund.created', object: refund(12000) })
    for (let minute = 0; minute < 20; minute++) await pass(1)
    expect(await events()).toMatchObject([{ state: 'unmapped', reason: 'payment_unknown' }])
    await receive(paid)
    await pass(60)
    expect((await documents()).map(({ kind }) => kind)).toEqual(['receipt', 'credit_note'])
    expect(await events()).toMatchObject([{ state: 'done' }, { state: 'done' }])
  })

  it('by a credit note of Stripe’s is the refund that it names', async () => {
    await receive(INVOICE, INVOICE_PAYMENT)
    const note = { id: 'cn_1', invoice: 'in_1', currency: 'eur', created: nowSeconds(), total: 6000 }
    await receive({
      type: 'credit_note.created',
      object: { ...note, refunds: [{ refund: 're_1', amount_refunded: 6000 }] },
    })
    await receive({ type: 'refund.created', object: refund(6000) })
    expect((await documents()).map(({ kind, total }) => [kind, total])).toEqual([
      ['receipt', 12000],
      ['credit_note', 6000],
    ])
  })

  it('that fails after its credit note was made is listed', async () => {
    await receive(paid)
    await receive({ type: 'refund.created', object: refund(5000, { status: 'pending' }) })
    await receive({ type: 'refund.failed', object: refund(5000, { status: 'failed' }) })
    await receive({ type: 'refund.failed', object: refund(100, { id: 're_never', status: 'failed' }) })
    expect((await events()).map(({ state, reason }) => reason ?? state)).toEqual([
      'done',
      'done',
      'refund_failed',
      'done',
    ])
    expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('This refund failed')
  })

  it('of more than is left, or of an unknown payment, is listed', async () => {
    await receive(paid)
    await receive({ type: 'refund.created', object: refund(13000) })
    await receive({
      type: 'refund.created',
      object: refund(100, { id: 're_9', payment_intent: 'pi_9', charge: 'ch_9' }),
    })
    await settle('later')
    expect((await events()).map(({ reason }) => reason)).toEqual([null, 'refund_exceeds', 'payment_unknown'])
  })
})

describe('autosend', () => {
  const plain = { type: 'charge.succeeded', object: charge({ invoice: null }) }

  it('mails issued documents once, and only if it is switched on', async () => {
    await receive(plain)
    expect(await rows('SELECT id FROM sends')).toEqual([])
    await freshStorage()
    await begin({ automaticTax: TAX, autosend: true })
    await receive(plain, plain)
    expect(await rows('SELECT origin, status, address FROM sends s JOIN deliveries d ON d.send_id = s.id')).toEqual([
      { origin: 'automatic', status: 'queued', address: 'anna@weber.example' },
    ])
  })

  it('is decided when a document is issued: after it is switched on later, repeated events mail nothing', async () => {
    await receive(plain)
    expect(await documents()).toMatchObject([{ status: 'final' }])
    await env.DB.exec("UPDATE accounts SET settings = json_set(settings, '$.autosend', json('true'))")
    await receive(plain)
    expect(await rows('SELECT id FROM sends')).toEqual([])
    expect(await rows('SELECT not_sent_reason FROM documents')).toEqual([{ not_sent_reason: null }])
  })

  it('says on the document why it was not mailed', async () => {
    await freshStorage()
    await begin({ automaticTax: TAX, autosend: true })
    await receive({
      type: 'charge.succeeded',
      object: charge({ invoice: null, billing_details: { name: 'Anna Weber' } }),
    })
    const [receipt] = await documents()
    expect(await textOf(await merchant.get(routes.document(receipt?.id ?? '')))).toContain(
      'The contact has no e-mail address',
    )
    const list = await textOf(await merchant.get(`${routes.documents}?kind=receipt&mail=kept_back`))
    expect(list).toContain('Anna Weber')
  })
})

describe('autosend in test mode', () => {
  const testCharge = (email: string) => ({
    type: 'charge.succeeded',
    object: charge({ invoice: null, customer: null, billing_details: { name: 'Anna Weber', email } }),
    livemode: false,
  })

  it('mails only to allowed test recipients, and gives the reason otherwise', async () => {
    for (const [email, sent] of [
      ['anna@weber.example', []],
      ['delivered@simulator.test', [{ address: 'delivered@simulator.test' }]],
    ] as const) {
      await freshStorage()
      await begin({ automaticTax: TAX, autosend: true })
      expect((await postEvent(hook, { id: 'evt_test', ...testCharge(email) }, TEST_SECRET)).status).toBe(200)
      await settle()
      expect(await rows('SELECT address FROM deliveries')).toEqual(sent)
      const [receipt] = await documents()
      const page = await textOf(await merchant.get(routes.document(receipt?.id ?? '')))
      expect(page.includes('Tests are not e-mailed to anyone else')).toBe(sent.length === 0)
    }
  })
})

describe('an account that is being closed', () => {
  it('gets no more documents, but keeps Stripe’s events in case it stays', async () => {
    await env.DB.exec('UPDATE accounts SET closing_at = 4000000000000')
    await receive({ type: 'charge.succeeded', object: charge({ invoice: null }) })
    expect(await documents()).toEqual([])
    expect(await events()).toMatchObject([{ state: 'unmapped', reason: 'account_closing' }])
    await env.DB.exec('UPDATE accounts SET closing_at = NULL')
    const [{ id = '' } = {}] = await events()
    await merchant.post(routes.stripeReplay(id))
    expect(await documents()).toMatchObject([{ status: 'final' }])
  })
})

describe('another account', () => {
  it('can neither see nor replay events of this one', async () => {
    await receive({ type: 'charge.succeeded', object: { id: 'ch_1' } })
    const stranger = await signUp()
    const [{ id = '' } = {}] = await events()
    expect((await stranger.post(routes.stripeReplay(id))).status).toBe(404)
    expect(await textOf(await stranger.get(routes.stripeEvents))).not.toContain(id)
  })
})
