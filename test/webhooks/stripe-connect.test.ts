/** Checks that events of other accounts or of test mode change nothing in the live account. */
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { type Merchant, textOf } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { charge, customer, invoice, type PostedEvent, postEvent, settle, TEST_SECRET } from '../support/stripe'
import { stripeMerchant } from '../support/stripe-account'

let merchant: Merchant
let hook: string

beforeEach(async () => {
  await freshStorage()
  ;({ merchant, hook } = await stripeMerchant())
})

const documents = () => rows<{ status: string; test: number }>('SELECT * FROM documents')
const contacts = () => rows<{ name: string; archived_at: number | null }>('SELECT * FROM contacts ORDER BY id')
const events = () => rows('SELECT state, reason FROM stripe_events ORDER BY id')

describe('an event of a connected account', () => {
  const foreign = { account: 'acct_other' }

  it.each<[string, Omit<PostedEvent, 'id'>]>([
    ['a payment', { type: 'charge.succeeded', object: charge({ invoice: null }), ...foreign }],
    ['an invoice', { type: 'invoice.paid', object: invoice({ payment_intent: 'pi_1' }), ...foreign }],
    ['a customer', { type: 'customer.created', object: customer(), ...foreign }],
    [
      'a payment in its name',
      { type: 'charge.succeeded', object: charge({ invoice: null, on_behalf_of: 'acct_other' }) },
    ],
    ['an invoice in its name', { type: 'invoice.paid', object: invoice({ on_behalf_of: { id: 'acct_other' } }) }],
    [
      'an invoice that it issues',
      { type: 'invoice.paid', object: invoice({ issuer: { type: 'account', account: 'acct_other' } }) },
    ],
  ])('is listed, and makes neither document nor contact: %s', async (_, posted) => {
    expect((await postEvent(hook, { id: 'evt_1', ...posted })).status).toBe(200)
    await settle()
    expect([await documents(), await contacts()]).toEqual([[], []])
    expect(await events()).toEqual([{ state: 'unmapped', reason: 'other_account' }])
    expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('sold by another account')
  })

  it('that only receives a part of the money is not the seller', async () => {
    const object = charge({ invoice: null, transfer_data: { destination: 'acct_other' }, application_fee_amount: 100 })
    await postEvent(hook, { id: 'evt_1', type: 'charge.succeeded', object })
    await settle()
    expect(await documents()).toMatchObject([{ status: 'final' }])
  })
})

describe('a customer of test mode', () => {
  const inTest = { livemode: false }

  it('is no live contact, and its payments make test documents all the same', async () => {
    await postEvent(hook, { id: 'evt_1', type: 'customer.created', object: customer(), ...inTest }, TEST_SECRET)
    await postEvent(
      hook,
      { id: 'evt_2', type: 'charge.succeeded', object: charge({ invoice: null }), ...inTest },
      TEST_SECRET,
    )
    await settle()
    expect(await documents()).toMatchObject([{ status: 'final', test: 1 }])
    expect(await contacts()).toMatchObject([{ archived_at: expect.any(Number) }])
    expect(await textOf(await merchant.get(routes.contacts))).not.toContain('Anna Weber')
  })

  it('is separate from the live guest with the same address', async () => {
    const guest = (n: number, name: string) => ({
      type: 'charge.succeeded',
      object: charge({
        ...{ id: `ch_${n}`, payment_intent: `pi_${n}`, invoice: null, customer: null },
        billing_details: { name, email: 'anna@weber.example' },
      }),
    })
    await postEvent(hook, { id: 'evt_1', ...guest(1, 'Test Anna'), ...inTest }, TEST_SECRET)
    await postEvent(hook, { id: 'evt_2', ...guest(2, 'Anna Weber') })
    await settle()
    expect((await contacts()).map(({ name, archived_at }) => [name, archived_at === null]).sort()).toEqual([
      ['Anna Weber', true],
      ['Test Anna', false],
    ])
    expect(await documents()).toMatchObject([{ status: 'final' }, { status: 'final' }])
  })
})
