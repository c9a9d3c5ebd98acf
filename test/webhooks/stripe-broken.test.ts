/** Checks that invalid data of events reaches no document, and that a document stored with such data can still be shown. */
import { env } from 'cloudflare:test'
import fc from 'fast-check'
import { beforeEach, expect, it } from 'vitest'
import { isCurrency } from '../../src/domain/currencies'
import { contentProblems } from '../../src/domain/document-content'
import { routes } from '../../src/routes'
import { type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, rows } from '../support/database'
import {
  charge,
  connected,
  customer,
  invoice,
  invoicePayment,
  type PostedEvent,
  postEvent,
  refund,
  settle,
} from '../support/stripe'

let merchant: Merchant
let hook: string

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp({ settings: { automaticTax: { category: 'S', rate: '20' }, autosend: true } })
  hook = await connected(merchant)
})

const documents = () =>
  rows<{ id: string; status: string; total: number; currency: string; content: string }>('SELECT * FROM documents')
const events = () =>
  rows<{ id: string; state: string; reason: string | null; attempt: number }>('SELECT * FROM stripe_events')

let count = 0
async function receive(posted: Omit<PostedEvent, 'id'>): Promise<void> {
  expect((await postEvent(hook, { id: `evt_${count++}`, ...posted })).status).toBeLessThan(500)
  await settle()
}

/** Checks that none of these pages responds with an error. */
async function everyPage(): Promise<void> {
  const ids = (await documents()).map(({ id }) => id)
  const paths = [routes.documents, `${routes.documents}?kind=receipt`, routes.stripeSettings, routes.stripeEvents]
  for (const path of [...paths, ...ids.map((id) => routes.document(id))]) {
    const response = await merchant.get(path)
    expect([path, response.status]).toEqual([path, 200])
  }
}

const plain = (over: Record<string, unknown>) => ({
  type: 'charge.succeeded',
  object: charge({ invoice: null, ...over }),
})

it.each([
  [{ currency: 'euros' }, 'content_invalid', 'We don’t know this currency'],
  [{ currency: '€' }, 'content_invalid', 'We don’t know this currency'],
  [{ amount: 9e15, amount_captured: 9e15 }, 'content_invalid', 'This number is too large'],
  [{ amount: -12000, amount_captured: -12000 }, 'amount_invalid', 'not above zero'],
  [{ amount: 0, amount_captured: 0 }, 'amount_invalid', 'not above zero'],
  [{ amount: 120.5, amount_captured: '12000' }, 'fields_missing', 'lacks the data a document needs'],
  [{ created: 1e15 }, 'fields_missing', 'lacks the data a document needs'],
])('a payment of %j is listed with the reason, and makes no document', async (over, reason, words) => {
  await receive(plain(over))
  expect(await documents()).toEqual([])
  expect(await events()).toMatchObject([{ state: 'unmapped', reason }])
  expect(await textOf(await merchant.get(routes.stripeSettings))).toContain(words)
  await everyPage()
})

it('an invoice with a line that forms refuse is listed with that line, and makes no document', async () => {
  const data = [{ amount: 9e15, quantity: 1, description: 'Gold', taxes: [] }]
  await receive({ type: 'invoice.paid', object: invoice({ total: 9e15, payment_intent: 'pi_1', lines: { data } }) })
  expect(await documents()).toEqual([])
  expect(await textOf(await merchant.get(routes.stripeSettings))).toContain('Line 1')
})

it('a signed body that is not an event is refused', async () => {
  for (const id of ['', 'evt/1', 'evt 1', `evt_${'x'.repeat(300)}`])
    expect((await postEvent(hook, { id, ...plain({}) })).status).toBe(400)
  expect(await events()).toEqual([])
})

it('a document that is stored with an unknown currency or an absurd amount can still be shown', async () => {
  await receive(plain({}))
  await receive(plain({ id: 'ch_2', payment_intent: 'pi_2' }))
  const [first] = await documents()
  for (const [currency, total] of [
    ['EUROS', 12000],
    ['', 9e15],
    ['EUR', 1e300],
  ] as const) {
    await env.DB.batch([
      env.DB.prepare(
        `UPDATE documents SET currency = ?1, total = ?2, content = json_set(content, '$.currency', ?1),
          paper = json_set(paper, '$.currency', ?1, '$.content.currency', ?1, '$.totals.total', ?2) WHERE id = ?3`,
      ).bind(currency, total, first?.id),
    ])
    await everyPage()
    for (const path of [routes.contacts, routes.documentPdf(first?.id ?? ''), routes.newSend(first?.id ?? '')])
      expect([path, (await merchant.get(path)).status]).toEqual([path, 200])
    await env.DB.prepare(
      "UPDATE documents SET status = 'draft', number = NULL, paper = NULL WHERE id = ? AND total > 1e16",
    )
      .bind(first?.id)
      .run()
  }
  expect((await merchant.get(routes.document(first?.id ?? ''))).status).toBe(200)
  expect((await merchant.get(routes.documentEdit(first?.id ?? ''))).status).toBe(200)
})

const GOOD: Omit<PostedEvent, 'id'>[] = [
  plain({}),
  { type: 'customer.updated', object: customer() },
  { type: 'invoice.paid', object: invoice({ payment_intent: 'pi_1' }) },
  { type: 'invoice_payment.paid', object: invoicePayment() },
  { type: 'refund.created', object: refund(12000) },
  { type: 'charge.refunded', object: charge({ amount_refunded: 5000 }) },
]

const NONSENSE = [null, '', 'x'.repeat(5000), '\u0000\ud800', -1, 0, 1.5, 9e15, 1e300, true, [], {}, [null], [[]]]

it('an event with an invalid value in any place is completed, and issues nothing that a form would refuse', async () => {
  const broken = fc.constantFrom(...GOOD).chain((posted) =>
    fc
      .dictionary(fc.constantFrom(...pathsOf(posted.object)), fc.constantFrom(...NONSENSE), { minKeys: 1, maxKeys: 3 })
      .map((changes) => ({
        ...posted,
        object: Object.entries(changes).reduce(
          (object, [path, value]) => replaced(object, path.split('.'), value) as typeof object,
          posted.object,
        ),
      })),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(broken, { minLength: 4, maxLength: 8 }), async (posted) => {
      for (const one of posted)
        expect((await postEvent(hook, { id: `evt_${count++}`, ...one })).status).toBeLessThan(500)
      await settle()
      await settle('later')
      expect((await events()).filter(({ attempt }) => attempt > 0)).toEqual([])
      for (const { status, content, currency, total } of await documents()) {
        if (status === 'draft') continue
        expect([isCurrency(currency), total > 0, contentProblems(JSON.parse(content))]).toEqual([true, true, []])
      }
      await everyPage()
    }),
    { numRuns: 4 },
  )
}, 60_000)

/** A path inside an object: `lines.data.0.amount`. */
const pathsOf = (value: unknown, prefix = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [`${prefix}${key}`, ...pathsOf(inner, `${prefix}${key}.`)])
    : []

function replaced(value: unknown, [key = '', ...rest]: string[], by: unknown): unknown {
  if (Array.isArray(value)) return value.map((one, index) => (String(index) === key ? replacedIn(one, rest, by) : one))
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [key]: replacedIn((value as Record<string, unknown>)[key], rest, by) }
}

const replacedIn = (value: unknown, rest: string[], by: unknown): unknown =>
  rest.length === 0 ? by : replaced(value, rest, by)
