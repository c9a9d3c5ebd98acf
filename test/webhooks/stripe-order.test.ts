/** Checks that one payment makes one receipt and one refund one credit note, in any order and with repeated events. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signUp } from '../support/client'
import { freshStorage, rows } from '../support/database'
import {
  charge,
  connected,
  customer,
  invoice,
  invoicePayment,
  type PostedEvent,
  pass,
  postEvent,
  refund,
  settle,
} from '../support/stripe'
import { runs } from '../support/thorough'

type Event = Omit<PostedEvent, 'id'>

const PARTS = [refund(5000), refund(7000, { id: 're_2' })]
const CUSTOMER: Event = { type: 'customer.created', object: customer() }
const REFUNDS: Event[] = PARTS.map((object) => ({ type: 'refund.created', object }))
const note = {
  ...{ id: 'cn_1', invoice: 'in_1', currency: 'eur', created: refund(1).created, total: 5000 },
  refunds: [{ refund: 're_1', amount_refunded: 5000 }],
}

const STORIES: Record<string, Event[]> = {
  'since 2025-03-31': [
    CUSTOMER,
    { type: 'charge.succeeded', object: charge() },
    { type: 'invoice.paid', object: invoice() },
    { type: 'invoice_payment.paid', object: invoicePayment() },
    { type: 'charge.refunded', object: charge({ amount_refunded: 12000 }) },
    { type: 'credit_note.created', object: note },
    ...REFUNDS,
    // The same events again, half an hour later.
    { type: 'charge.succeeded', object: charge({ id: 'ch_2', payment_intent: 'pi_2' }) },
    { type: 'invoice.paid', object: invoice({ id: 'in_2', number: 'F-0002' }) },
    {
      type: 'invoice_payment.paid',
      object: invoicePayment({
        ...{ id: 'inpay_2', invoice: 'in_2' },
        payment: { type: 'payment_intent', payment_intent: 'pi_2' },
      }),
    },
  ],
  before: [
    CUSTOMER,
    { type: 'charge.succeeded', object: charge({ invoice: 'in_1' }) },
    { type: 'invoice.paid', object: invoice({ payment_intent: 'pi_1', charge: 'ch_1' }) },
    {
      type: 'charge.refunded',
      object: charge({ invoice: 'in_1', amount_refunded: 12000, refunds: { data: PARTS } }),
    },
    ...REFUNDS,
  ],
}

const anyTelling = fc
  .constantFrom(...Object.values(STORIES))
  .chain((story) =>
    fc.tuple(
      fc.shuffledSubarray(story, { minLength: story.length }),
      fc.array(fc.constantFrom(...story), { maxLength: 3 }),
      fc.array(fc.boolean(), { minLength: story.length, maxLength: story.length }),
    ),
  )

it('any order, with repeats and pauses, has the same result', async () => {
  await fc.assert(
    fc.asyncProperty(anyTelling, async ([story, again, pauses]) => {
      await freshStorage()
      const merchant = await signUp({ settings: { automaticTax: { category: 'S', rate: '20' }, autosend: true } })
      const hook = await connected(merchant)
      let count = 0
      for (const [index, event] of [...story, ...again].entries()) {
        expect((await postEvent(hook, { id: `evt_${count++}`, ...event })).status).toBe(200)
        if (pauses[index]) await settle()
      }
      for (let round = 0; round < 4; round++) await pass(6)
      const documents = await rows<{ kind: string; status: string; total: number; credited: number }>(
        'SELECT kind, status, total, credited FROM documents ORDER BY total DESC, credited DESC',
      )
      const paidTwice = story.some(({ object }) => object.id === 'ch_2')
      expect(documents).toEqual([
        { kind: 'receipt', status: 'final', total: 12000, credited: 12000 },
        ...(paidTwice ? [{ kind: 'receipt', status: 'final', total: 12000, credited: 0 }] : []),
        { kind: 'credit_note', status: 'final', total: 7000, credited: 0 },
        { kind: 'credit_note', status: 'final', total: 5000, credited: 0 },
      ])
      expect(await rows("SELECT type, reason FROM stripe_events WHERE state NOT IN ('done', 'ignored')")).toEqual([])
      expect(await rows('SELECT address FROM deliveries')).toEqual(
        documents.map(() => ({ address: 'anna@weber.example' })),
      )
      expect(await rows('SELECT id FROM contacts')).toHaveLength(1)
    }),
    { numRuns: runs(30) },
  )
}, 120_000)
