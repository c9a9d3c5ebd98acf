/** Tests the buyer of documents from Stripe: issued only to a named buyer, with the tax id that Stripe has. */
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { type Merchant, textOf } from '../support/client'
import { freshStorage, rows } from '../support/database'
import { charge, customer, invoice, settle } from '../support/stripe'
import { type Receive, reasons, stripeMerchant } from '../support/stripe-account'

let merchant: Merchant
let receive: Receive

beforeEach(async () => {
  await freshStorage()
  ;({ merchant, receive } = await stripeMerchant())
})

const documents = () =>
  rows<{ id: string; status: string; snapshot: string | null }>(
    'SELECT *, paper AS snapshot FROM documents ORDER BY id',
  )
const contacts = () =>
  rows<{ id: string; name: string; vat_id: string; kind: string; address: string }>(
    'SELECT * FROM contacts ORDER BY id',
  )
const buyers = async () => (await documents()).map(({ snapshot }) => snapshot && JSON.parse(snapshot).buyer)

const anonymous = { type: 'charge.succeeded', object: charge({ invoice: null, billing_details: {} }) }

describe('a payment of a customer without a name', () => {
  it('stays a draft that says so, and is issued by the event that names the customer', async () => {
    await receive(anonymous)
    expect(await documents()).toMatchObject([{ status: 'draft' }])
    expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('the customer’s name')
    const [{ id = '' } = {}] = await documents()
    const page = await textOf(await merchant.get(routes.document(id)))
    expect(page).toContain('the customer’s name')
    await receive({ type: 'customer.updated', object: customer() })
    expect(await buyers()).toMatchObject([{ name: 'Anna Weber', address: { town: 'Zürich' } }])
    expect(await reasons()).toEqual(['done', 'done'])
  })

  it('is issued to the e-mail address if there is one, never to the merchant’s note on the customer', async () => {
    await receive(
      { type: 'customer.created', object: customer({ name: null, description: 'pays late, beware' }) },
      anonymous,
    )
    expect(await buyers()).toMatchObject([{ name: 'anna@weber.example' }])
    await receive(
      { type: 'customer.created', object: customer({ id: 'cus_2', name: null, email: null, description: 'beware' }) },
      {
        type: 'charge.succeeded',
        object: charge({
          ...{ id: 'ch_2', payment_intent: 'pi_2', customer: 'cus_2' },
          invoice: null,
          billing_details: {},
        }),
      },
    )
    expect((await documents()).map(({ status }) => status)).toEqual(['final', 'draft'])
    expect((await contacts()).map(({ name }) => name)).not.toContain('beware')
  })

  it('is issued to the customer that a restricted key may read', async () => {
    await merchant.post(routes.stripeSettings, { liveKey: 'rk_live_reads_invoices' })
    await receive({
      type: 'charge.succeeded',
      object: charge({ customer: 'cus_known', invoice: null, billing_details: {} }),
    })
    expect(await buyers()).toMatchObject([{ name: 'Known GmbH', vatId: 'DE123456789', address: { town: 'Berlin' } }])
  })
})

it.each([null, '', 'pi_1', 'ch_1', 'Charge for cus_NffrFeUfNV2Hib'])(
  'a payment described as %j stays a draft that says what is missing',
  async (description) => {
    await receive({ type: 'charge.succeeded', object: charge({ invoice: null, description }) })
    await settle('later')
    expect(await documents()).toMatchObject([{ status: 'draft' }])
    expect(await reasons()).toEqual(['incomplete'])
    expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('a description on every line')
  },
)

describe('a tax id', () => {
  const taxId = (over: Record<string, unknown> = {}) => ({
    ...{ id: 'txi_1', object: 'tax_id', customer: 'cus_anna', type: 'eu_vat', value: 'DE123456789' },
    ...over,
  })
  const added = (over = {}) => ({ type: 'customer.tax_id.created', object: taxId(over) })

  it('in its own event completes the contact, stays when the customer changes, and is removed when it is deleted', async () => {
    await receive({ type: 'customer.created', object: customer() }, added())
    expect(await contacts()).toMatchObject([{ vat_id: 'DE123456789', kind: 'company' }])
    await receive({ type: 'customer.updated', object: customer({ name: 'Anna Keller' }) })
    expect(await contacts()).toMatchObject([{ name: 'Anna Keller', vat_id: 'DE123456789' }])
    await receive({ type: 'customer.tax_id.deleted', object: taxId() })
    expect(await contacts()).toMatchObject([{ vat_id: '' }])
  })

  it('of another type than VAT is kept, and replaced by VAT', async () => {
    await receive(
      { type: 'customer.created', object: customer() },
      added({ id: 'txi_2', type: 'au_abn', value: '12345678912' }),
    )
    expect(await contacts()).toMatchObject([{ vat_id: '12345678912' }])
    await receive(added())
    expect(await contacts()).toMatchObject([{ vat_id: 'DE123456789' }])
    expect(await rows("SELECT facts FROM stripe_objects WHERE facts LIKE '%au_abn%eu_vat%'")).toHaveLength(1)
  })

  it('does not replace a number that a person entered', async () => {
    await receive({ type: 'customer.created', object: customer() })
    const [{ id = '' } = {}] = await contacts()
    await merchant.fillIn(routes.contactEdit(id), { vatId: 'CHE-123.456.788 MWST' }, routes.contact(id))
    await receive(added())
    expect(await contacts()).toMatchObject([{ vat_id: 'CHE-123.456.788 MWST' }])
  })

  it('that arrives before its customer waits for it', async () => {
    await receive(added())
    await receive({ type: 'customer.created', object: customer() })
    await settle('later')
    expect(await contacts()).toMatchObject([{ vat_id: 'DE123456789' }])
  })

  it('on an invoice completes the contact of an earlier payment', async () => {
    await receive({ type: 'charge.succeeded', object: charge({ invoice: null }) })
    const tax_ids = [{ type: 'ch_vat', value: 'CHE-123.456.788 MWST' }]
    await receive({ type: 'invoice.paid', object: invoice({ payment_intent: 'pi_2', customer_tax_ids: tax_ids }) })
    expect(await buyers()).toMatchObject([
      { vatId: '' },
      { vatId: 'CHE-123.456.788 MWST', address: { town: 'Zürich' } },
    ])
  })
})

it.each([
  ['reverse', 'AE'],
  ['exempt', 'E'],
])('a payment of a customer who is %s has no tax', async (tax_exempt, taxCategory) => {
  const tax_ids = { data: [{ id: 'txi_1', type: 'eu_vat', value: 'DE123456789' }] }
  await receive(
    { type: 'customer.created', object: customer({ tax_exempt, tax_ids }) },
    { type: 'charge.succeeded', object: charge({ invoice: null }) },
  )
  const [receipt] = await rows<{ content: string; status: string }>('SELECT * FROM documents')
  expect(receipt?.status).toBe('final')
  expect(JSON.parse(receipt?.content ?? '').lines).toMatchObject([{ taxCategory, taxRate: '0' }])
})
