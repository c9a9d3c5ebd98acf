/** Tests Checkout Sessions and Payment Links without an invoice: only their own events state lines, tax and buyer. */
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { type Merchant, textOf } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { charge, nowSeconds, pass } from '../support/stripe'
import { type Receive, reasons, stripeMerchant } from '../support/stripe-account'

let merchant: Merchant
let receive: Receive

beforeEach(async () => {
  await freshStorage()
  ;({ merchant, receive } = await stripeMerchant())
})

const documents = () =>
  rows<{ status: string; total: number; content: string; snapshot: string }>(
    'SELECT *, paper AS snapshot FROM documents',
  )
const contacts = () => rows<Record<string, unknown>>('SELECT * FROM contacts')

const ITEMS = {
  has_more: false,
  data: [
    {
      ...{
        id: 'li_1',
        description: 'Notebook',
        quantity: 2,
        amount_subtotal: 2000,
        amount_total: 2140,
        amount_tax: 140,
      },
      taxes: [{ amount: 140, rate: { percentage: 7, inclusive: false }, taxability_reason: 'reduced_rated' }],
    },
  ],
}
/** Two notebooks at 10.00 with 7 % and shipping at 5.95 with 19 % in it: 27.35, 2.35 of it tax. */
const session = (over: Record<string, unknown> = {}) => ({
  ...{ id: 'cs_1', object: 'checkout.session', mode: 'payment', status: 'complete', payment_status: 'paid' },
  ...{ currency: 'eur', amount_subtotal: 2000, amount_total: 2735, payment_intent: 'pi_1', invoice: null },
  ...{ created: nowSeconds(), customer: null, locale: 'de', automatic_tax: { enabled: true } },
  total_details: { amount_tax: 235, amount_shipping: 500, amount_discount: 0 },
  shipping_cost: { amount_subtotal: 500, amount_tax: 95, amount_total: 595 },
  customer_details: {
    ...{ name: 'Krüger GmbH', email: 'rechnung@krueger.example', tax_exempt: 'none' },
    address: { line1: 'Ring 1', postal_code: '10115', city: 'Berlin', country: 'DE' },
    tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
  },
  line_items: ITEMS,
  ...over,
})
const completed = (over: Record<string, unknown> = {}) => ({
  type: 'checkout.session.completed',
  object: session(over),
})
/** A payment as Checkout makes it, without a description. */
const paid = {
  type: 'charge.succeeded',
  object: charge({
    ...{ amount: 2735, amount_captured: 2735, customer: null, invoice: null, description: null },
    billing_details: { name: 'KRUEGER', email: 'rechnung@krueger.example' },
  }),
}

describe('a Checkout Session', () => {
  it.each([
    [[paid, completed()]],
    [[completed(), paid]],
    [
      [
        completed({ payment_status: 'unpaid' }),
        paid,
        { ...completed(), type: 'checkout.session.async_payment_succeeded' },
      ],
    ],
  ])('makes one receipt of its lines, taxes and buyer, in any order of its events (%#)', async (posted) => {
    await receive(...posted)
    await pass(6)
    const [receipt, ...others] = await documents()
    expect(others).toEqual([])
    expect(receipt).toMatchObject({ status: 'final', total: 2735 })
    expect(JSON.parse(receipt?.content ?? '').lines).toMatchObject([
      { description: 'Notebook', quantity: '2', unitPrice: '10.7', taxRate: '7' },
      { description: 'Versand', unitPrice: '5.95', taxRate: '19' },
    ])
    const { buyer, totals } = JSON.parse(receipt?.snapshot ?? '')
    expect(totals.tax).toBe(235)
    expect(buyer).toMatchObject({ name: 'Krüger GmbH', vatId: 'DE123456789', address: { town: 'Berlin' } })
    expect(await contacts()).toMatchObject([{ language: 'de', kind: 'company' }])
  })

  it('whose lines are not in the event has a draft with the right total, until a restricted key reads them', async () => {
    await receive(completed({ line_items: undefined }), paid)
    expect(await reasons()).toContain('lines_incomplete')
    expect((await documents()).map(({ status }) => status)).toEqual(['draft'])
    await merchant.post(routes.stripeSettings, { liveKey: 'rk_live_reads_invoices' })
    const [{ id = '' } = {}] = await rows<{ id: string }>("SELECT id FROM stripe_events WHERE type LIKE 'checkout%'")
    await merchant.post(routes.stripeReplay(id))
    expect(await documents()).toMatchObject([{ status: 'final', total: 2735 }])
  })

  it('for which Stripe computed no tax has none, or stays a draft', async () => {
    const data = [{ description: 'Book', quantity: 1, amount_total: 2735, amount_tax: 0, taxes: [] }]
    const untaxed = { line_items: { data }, shipping_cost: null, total_details: { amount_tax: 0 } }
    await receive(completed(untaxed))
    expect(await reasons()).toEqual(['tax_differs'])
  })

  it('with an invoice, or of a subscription, only completes the contact', async () => {
    await receive(
      completed({ invoice: 'in_1', customer: 'cus_k' }),
      completed({ id: 'cs_2', mode: 'subscription', customer: 'cus_k' }),
    )
    expect(await documents()).toEqual([])
    expect(await contacts()).toMatchObject([{ name: 'Krüger GmbH', vat_id: 'DE123456789', language: 'de' }])
  })

  it('that arrives after a receipt with another tax is listed; from then on payments wait for theirs', async () => {
    const described = (n: number) => ({
      ...paid,
      object: { ...paid.object, id: `ch_${n}`, payment_intent: `pi_${n}`, description: 'Notebooks' },
    })
    await receive(described(1))
    await receive(completed())
    expect(await reasons()).toEqual(['done', 'receipt_differs'])
    expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('the two differ')
    await receive(described(2), completed({ id: 'cs_2', payment_intent: 'pi_2' }))
    await pass(6)
    expect((await reasons()).slice(2)).toEqual(['done', 'done'])
    expect(await documents()).toHaveLength(2)
  })

  it('that cost nothing makes nothing', async () => {
    await receive(
      completed({
        amount_total: 0,
        payment_status: 'no_payment_required',
        payment_intent: null,
        line_items: { data: [] },
      }),
    )
    expect([await documents(), await reasons()]).toEqual([[], ['nothing_paid']])
  })
})
