/** Tests credits of Stripe: credit notes with their lines, however the money goes back, and invoices with a negative total. */
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { type Merchant, textOf } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { charge, invoice, nowSeconds, pass, refund } from '../support/stripe'
import { type Receive, reasons, stripeMerchant } from '../support/stripe-account'

let merchant: Merchant
let receive: Receive

beforeEach(async () => {
  await freshStorage()
  ;({ merchant, receive } = await stripeMerchant())
})

const documents = () =>
  rows<{ kind: string; status: string; total: number; content: string; refers_to: string | null }>(
    'SELECT * FROM documents ORDER BY kind DESC, id',
  )
const credits = async () => (await documents()).filter(({ kind }) => kind === 'credit_note')
const linesOf = (document: { content: string } | undefined) => JSON.parse(document?.content ?? '{}').lines

/** 120.00, of which 72.00 for three notebooks and 48.00 for shipping, with 20 % in it. */
const PAID = { type: 'invoice.paid', object: invoice({ payment_intent: 'pi_1' }) }

const taxed = (amount: number, description: string) => ({
  ...{ amount, quantity: 1, description },
  taxes: [{ amount: amount / 5, tax_behavior: 'exclusive', taxability_reason: 'standard_rated' }],
})
const note = (over: Record<string, unknown> = {}) => ({
  ...{ id: 'cn_1', object: 'credit_note', invoice: 'in_1', currency: 'eur', created: nowSeconds() },
  ...{ status: 'issued', type: 'post_payment', total: 2400, pre_payment_amount: 0, post_payment_amount: 2400 },
  lines: { has_more: false, data: [taxed(2000, 'One notebook was torn')] },
  ...over,
})
const created = (over: Record<string, unknown> = {}) => ({ type: 'credit_note.created', object: note(over) })
const voided = { type: 'credit_note.voided', object: note({ status: 'void' }) }

describe('a credit note of Stripe’s', () => {
  const named = { refunds: [{ refund: 're_1', amount_refunded: 2400 }] }
  const refunded = { type: 'refund.created', object: refund(2400) }

  it.each([[[created(named), refunded]], [[refunded, created(named)]]])(
    'says its own lines, and is one with the refund that pays it out, in whatever order (%#)',
    async (posted) => {
      await receive(PAID, ...posted)
      await pass(6)
      const made = await credits()
      expect(made).toMatchObject([{ status: 'final', total: 2400 }])
      expect(linesOf(made[0])).toMatchObject([{ description: 'One notebook was torn', unitPrice: '24', taxRate: '20' }])
      expect(await reasons()).toEqual(['done', 'done', 'done'])
    },
  )

  it.each([
    ['onto the customer’s balance', { customer_balance_transaction: 'cbtxn_1' }],
    ['outside of Stripe', { out_of_band_amount: 2400 }],
    ['partly by a refund', { refunds: [{ refund: 're_1', amount_refunded: 1000 }], customer_balance_transaction: 'c' }],
  ])('credits all of it if the money goes back %s', async (_, over) => {
    await receive(PAID, created(over))
    await receive({ type: 'refund.created', object: refund(1000) })
    expect(await credits()).toMatchObject([{ status: 'final', total: 2400 }])
  })

  it('from before the payment leaves a receipt of what was paid, and no credit note', async () => {
    const paid = invoice({ payment_intent: 'pi_1', pre_payment_credit_notes_amount: 2400, amount_paid: 9600 })
    await receive(created({ type: 'pre_payment', pre_payment_amount: 2400, post_payment_amount: 0 }))
    await receive({ type: 'invoice.paid', object: paid })
    expect(await documents()).toMatchObject([{ kind: 'receipt', status: 'final', total: 9600 }])
    expect(await reasons()).toEqual(['credited_before', 'done'])
  })

  it('from before the payment of an invoice with several taxes leaves a draft that says so', async () => {
    const data = [taxed(6000, 'Notebooks'), { amount: 4800, quantity: 1, description: 'Books', taxes: [{ amount: 0 }] }]
    const over = { payment_intent: 'pi_1', pre_payment_credit_notes_amount: 2400, lines: { data } }
    await receive({ type: 'invoice.paid', object: invoice(over) })
    expect(await documents()).toMatchObject([{ kind: 'receipt', status: 'draft' }])
    expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('bears several taxes')
  })

  it('of which only a part came before the payment is listed', async () => {
    await receive(PAID, created({ type: 'mixed', pre_payment_amount: 1000, post_payment_amount: 1400 }))
    expect(await credits()).toEqual([])
    expect(await reasons()).toEqual(['done', 'credit_mixed'])
  })

  it('whose lines do not come to its total stays a draft', async () => {
    await receive(PAID, created({ total: 2500 }))
    expect(await credits()).toMatchObject([{ status: 'draft' }])
    expect(await reasons()).toEqual(['done', 'total_differs'])
  })

  it('that is voided after it was issued is listed, and never made if the voiding arrives first', async () => {
    await receive(PAID, created(), voided)
    expect(await reasons()).toEqual(['done', 'done', 'credit_voided'])
    expect(await credits()).toMatchObject([{ status: 'final' }])
    await receive({ ...voided, object: note({ id: 'cn_2', status: 'void' }) }, created({ id: 'cn_2' }))
    expect(await credits()).toHaveLength(1)
  })
})

describe('an invoice with a negative total', () => {
  const giveBack = (over: Record<string, unknown> = {}) => {
    const line = { ...taxed(-5000, 'Unused time on Gold'), proration_details: { credited_items: { invoice: 'in_1' } } }
    const data = [line, taxed(2000, 'Remaining time on Silver')]
    const low = { id: 'in_2', number: 'F-0002', total: -3600, amount_paid: 0, lines: { data }, ...over }
    return { type: 'invoice.paid', object: invoice(low) }
  }

  it('is a credit note of the receipt whose lines it gives back', async () => {
    await receive(PAID, giveBack(), giveBack())
    const [receipt] = await rows<{ id: string }>("SELECT id FROM documents WHERE kind = 'receipt'")
    const made = await credits()
    expect(made).toMatchObject([{ status: 'final', total: 3600, refers_to: receipt?.id }])
    expect(linesOf(made[0])).toMatchObject([
      { description: 'Unused time on Gold', quantity: '1', unitPrice: '60' },
      { description: 'Remaining time on Silver', quantity: '-1', unitPrice: '24' },
    ])
  })

  it.each([
    ['names none', { lines: { data: [taxed(-3000, 'Unused time on Gold')] } }],
    ['gives back more than is left', { total: -36000, lines: undefined }],
  ])('that %s is listed, not ignored', async (_, over) => {
    const low = giveBack(over.lines ? over : {})
    await receive(PAID, over.lines ? low : { ...low, object: { ...low.object, total: -36000 } })
    expect(await credits()).toEqual([])
    expect(await reasons()).toEqual(['done', 'invoice_negative'])
    expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('This invoice is below zero')
  })
})

it('a refund in another currency than the payment is listed', async () => {
  await receive({ type: 'charge.succeeded', object: charge({ invoice: null }) })
  await receive({ type: 'refund.created', object: refund(5000, { currency: 'usd' }) })
  expect(await credits()).toEqual([])
  expect(await reasons()).toEqual(['done', 'refund_currency'])
})
