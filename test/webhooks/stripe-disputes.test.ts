/** Tests disputes and later changes of a payment, and that events that need the merchant are listed. */
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { type Merchant, textOf } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { charge, invoice, invoicePayment, refund, settle } from '../support/stripe'
import { type Receive, reasons, stripeMerchant } from '../support/stripe-account'

let merchant: Merchant
let receive: Receive

beforeEach(async () => {
  await freshStorage()
  ;({ merchant, receive } = await stripeMerchant())
})

const documents = () =>
  rows<{ id: string; kind: string; status: string; total: number }>('SELECT * FROM documents ORDER BY kind DESC')

const PAID = { type: 'charge.succeeded', object: charge({ invoice: null }) }
const dispute = (type: string, status: string, over: Record<string, unknown> = {}) => ({
  type: `charge.dispute.${type}`,
  object: {
    id: 'dp_1',
    object: 'dispute',
    charge: 'ch_1',
    payment_intent: 'pi_1',
    amount: 12000,
    currency: 'eur',
    status,
    ...over,
  },
})
/** Presses the button of the only lost dispute on the page, if there is one. */
async function creditListed(times = 1): Promise<Response | undefined> {
  const html = await (await merchant.get(routes.stripeSettings)).text()
  const path = /action="(\/settings\/stripe\/events\/[^"]*\/credit-notes)"/.exec(html)?.[1]
  if (!path) return undefined
  const [first] = await Promise.all(Array.from({ length: times }, () => merchant.post(path, {})))
  return first
}

describe('a dispute', () => {
  it('that is lost is listed with one click that credits the receipt', async () => {
    await receive(PAID, dispute('created', 'needs_response'), dispute('closed', 'lost'))
    expect(await reasons()).toEqual(['done', 'dispute_open', 'dispute_lost'])
    const [receipt] = await documents()
    const page = await merchant.get(routes.stripeSettings)
    const html = await page.text()
    expect(html).toContain('The dispute was lost')
    expect(html).toContain(`href="${routes.document(receipt?.id ?? '')}"`)
    await creditListed()
    expect(await documents()).toMatchObject([
      { kind: 'receipt' },
      { kind: 'credit_note', status: 'final', total: 12000 },
    ])
    expect(await creditListed()).toBeUndefined()
  })

  it('over a part credits that part, once, however often the button is pressed', async () => {
    await receive(PAID, dispute('closed', 'lost', { amount: 4500 }))
    await creditListed(3)
    const found = await documents()
    expect(found).toMatchObject([{ kind: 'receipt' }, { kind: 'credit_note', status: 'final', total: 4500 }])
    // The event is over, and a repeat of it changes nothing.
    expect(await creditListed()).toBeUndefined()
    await receive(dispute('closed', 'lost', { amount: 4500 }))
    expect(await creditListed()).toBeUndefined()
    expect(await documents()).toHaveLength(2)
  })

  it('credits no more than earlier credit notes have left', async () => {
    await receive(PAID, { type: 'refund.created', object: refund(9000) }, dispute('closed', 'lost'))
    await creditListed()
    expect((await documents()).map(({ total }) => total).sort()).toEqual([12000, 3000, 9000])
  })

  it('that is reported before its payment waits for it, and then has its button', async () => {
    await receive(dispute('closed', 'lost', { amount: 4500 }))
    await settle('later')
    expect(await reasons()).toEqual(['dispute_lost'])
    expect(await creditListed()).toBeUndefined()
    await receive(PAID)
    await settle('later')
    await creditListed()
    expect(await documents()).toMatchObject([{ kind: 'receipt' }, { kind: 'credit_note', total: 4500 }])
  })

  it('of a receipt that is still a draft says so', async () => {
    await receive({ type: 'charge.succeeded', object: charge({ invoice: null, description: '' }) })
    await settle('later')
    await receive(dispute('closed', 'lost'))
    const pressed = await creditListed()
    expect(await textOf(await merchant.follow(pressed as Response))).toContain('The receipt is still a draft')
    expect(await documents()).toMatchObject([{ status: 'draft' }])
  })

  it('in another currency than the receipt is left to the merchant', async () => {
    await receive(PAID, dispute('closed', 'lost', { currency: 'usd' }))
    const pressed = await creditListed()
    expect(await textOf(await merchant.follow(pressed as Response))).toContain('no disputed amount')
    expect(await documents()).toHaveLength(1)
  })

  it('in yen and in dinars credits the amount that Stripe means', async () => {
    const of = (currency: string, amount: number, n: number) => ({
      paid: {
        type: 'charge.succeeded',
        object: charge({
          id: `ch_${n}`,
          payment_intent: `pi_${n}`,
          invoice: null,
          currency,
          amount,
          amount_captured: amount,
        }),
      },
      lost: dispute('closed', 'lost', {
        id: `dp_${n}`,
        charge: `ch_${n}`,
        payment_intent: `pi_${n}`,
        currency,
        amount: amount / 2,
      }),
    })
    for (const one of [of('jpy', 5000, 7), of('kwd', 12340, 8), of('isk', 500000, 9)]) {
      await receive(one.paid, one.lost)
      await creditListed()
    }
    const credited = (await documents()).filter(({ kind }) => kind === 'credit_note').map(({ total }) => total)
    // Stripe writes two decimals for the krona, which has none.
    expect(credited.sort()).toEqual([2500, 2500, 6170])
  })

  it('that is won is listed only if the receipt was credited in the meantime', async () => {
    await receive(PAID, dispute('closed', 'won'))
    const states = () => rows("SELECT state FROM stripe_events WHERE reason = 'dispute_won'")
    expect(await states()).toEqual([{ state: 'done' }])
    const [receipt] = await documents()
    await merchant.post(routes.documentCreditNotes(receipt?.id ?? ''))
    await receive(dispute('closed', 'won'))
    expect(await states()).toEqual([{ state: 'done' }, { state: 'unmapped' }])
  })
})

describe('a refund', () => {
  const of = (type: string, status: string) => ({ type, object: refund(5000, { status }) })

  it('that the customer must claim gives nothing back until it has succeeded', async () => {
    await receive(PAID, of('refund.created', 'requires_action'))
    expect(await documents()).toHaveLength(1)
    await receive(of('refund.updated', 'succeeded'), of('charge.refund.updated', 'succeeded'))
    expect(await documents()).toMatchObject([
      { kind: 'receipt' },
      { kind: 'credit_note', status: 'final', total: 5000 },
    ])
  })

  it.each([
    ['refund.failed', 'failed'],
    ['refund.updated', 'canceled'],
  ])('that is reported as %s first makes no credit note when its creation is reported', async (type, status) => {
    await receive(PAID, of(type, status), of('refund.created', 'pending'))
    await settle('later')
    expect(await documents()).toHaveLength(1)
    expect(await reasons()).toEqual(['done', 'done', 'done'])
  })

  it('takes each tax only from what an earlier credit note has left of it', async () => {
    const taxes = (amount: number) => [{ amount, tax_behavior: 'exclusive', taxability_reason: 'standard_rated' }]
    const data = [
      { amount: 10000, quantity: 1, description: 'Plan', taxes: taxes(2000) },
      { amount: 10000, quantity: 1, description: 'Book', taxes: taxes(550) },
    ]
    await receive({ type: 'invoice.paid', object: invoice({ payment_intent: 'pi_1', total: 22550, lines: { data } }) })
    const [receipt] = await documents()
    // By hand, the whole line of 20 %.
    const note = await merchant.fillIn(
      routes.newCreditNote(receipt?.id ?? ''),
      { 'lines.1.unitPrice': '0' },
      routes.documents,
    )
    const noteId = /doc_\w+/.exec(note.headers.get('location') ?? '')?.[0] ?? ''
    await merchant.fillIn(routes.document(noteId), {}, routes.documentFinalisation(noteId))
    await receive({ type: 'refund.created', object: refund(5275) })
    await settle('later')
    const [, , refunded] = await rows<{ total: number; paper: string }>('SELECT * FROM documents ORDER BY id')
    expect(refunded?.total).toBe(5275)
    expect(JSON.parse(refunded?.paper ?? '{}').totals.taxes).toEqual([
      { category: 'S', rate: '5.5', base: 5000, tax: 275 },
    ])
  })

  it('that is cancelled after its credit note was made is listed', async () => {
    await receive(PAID, of('refund.created', 'pending'), of('refund.updated', 'canceled'))
    expect(await reasons()).toEqual(['done', 'done', 'refund_failed'])
  })
})

it('an invoice that was paid outside of Stripe by a payment record has one receipt', async () => {
  const payment = { type: 'payment_record', payment_record: 'pr_1' }
  await receive(
    { type: 'invoice.paid', object: invoice() },
    { type: 'invoice_payment.paid', object: invoicePayment({ payment }) },
  )
  await settle('later')
  expect(await documents()).toMatchObject([{ status: 'final', total: 12000 }])
})

it('shipping and billing credits of an invoice are in its receipt', async () => {
  const taxes = [{ amount: 1600, tax_behavior: 'exclusive', taxability_reason: 'standard_rated' }]
  const pretax_credit_amounts = [{ amount: 2000, type: 'credit_balance_transaction' }]
  const data = [{ amount: 10000, quantity: 1, description: 'Plan', taxes, pretax_credit_amounts }]
  const shipping_cost = { amount_subtotal: 1000, amount_tax: 200, amount_total: 1200 }
  const over = { payment_intent: 'pi_1', total: 10800, lines: { data }, shipping_cost, total_taxes: [{ amount: 1800 }] }
  await receive({ type: 'invoice.paid', object: invoice(over) })
  expect(await documents()).toMatchObject([{ status: 'final', total: 10800 }])
})

it('a draft’s page says why it is not issued', async () => {
  await receive({ type: 'invoice.paid', object: invoice({ payment_intent: 'pi_1', total: 12100 }) })
  const [draft] = await documents()
  expect(draft?.status).toBe('draft')
  const page = await textOf(await merchant.get(routes.document(draft?.id ?? '')))
  expect(page).toContain('Why this is still a draft')
  expect(page).toContain('do not add up to the amount paid')
})
