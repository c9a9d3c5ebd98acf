/**
 * Simulates the part of Stripe's API that Facteur calls: an invoice, and its lines page by page. The id selects the response:
 * `in_long` has 250 lines of 1.20 (20 % tax included), `in_huge` has 501, other invoices are unknown. It knows the customer
 * `cus_known` and the lines of the Checkout Session `cs_1`. Only RESTRICTED_KEY may read.
 */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** http://127.0.0.1:… */
    stripeUrl: string
  }
}

const RESTRICTED_KEY = 'rk_live_reads_invoices'
const LINES: Record<string, number> = { in_long: 250, in_huge: 501 }

const CUSTOMER = {
  ...{ id: 'cus_known', object: 'customer', name: 'Known GmbH', email: 'rechnung@known.example' },
  address: { line1: 'Ring 1', postal_code: '10115', city: 'Berlin', country: 'DE' },
  tax_ids: { object: 'list', data: [{ id: 'txi_1', type: 'eu_vat', value: 'DE123456789' }] },
}

/** Two notebooks with 7 % of 20.00 added. */
const CHECKOUT_LINES = {
  ...{ object: 'list', url: '/v1/checkout/sessions/cs_1/line_items', has_more: false },
  data: [
    {
      ...{ id: 'li_1', object: 'item', description: 'Notebook', quantity: 2, amount_total: 2140, amount_tax: 140 },
      taxes: [{ amount: 140, rate: { percentage: 7, inclusive: false }, taxability_reason: 'reduced_rated' }],
    },
  ],
}

const line = (index: number) => ({
  id: `il_${index}`,
  object: 'line_item',
  amount: 120,
  quantity: 1,
  description: `Sheet ${index}`,
  discount_amounts: [],
  taxes: [{ amount: 20, tax_behavior: 'inclusive', taxability_reason: 'standard_rated' }],
})

const invoice = (id: string, lines: number) => ({
  id,
  object: 'invoice',
  number: 'F-LONG',
  customer: 'cus_anna',
  customer_name: 'Anna Weber',
  customer_email: 'anna@weber.example',
  currency: 'eur',
  total: lines * 120,
  created: 1_795_000_000,
  status_transitions: { paid_at: 1_795_000_000 },
  lines: { object: 'list', has_more: true, url: `/v1/invoices/${id}/lines`, data: [line(0)] },
})

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stripe.test')
    if (request.headers.authorization !== `Bearer ${RESTRICTED_KEY}`) return refuse(response, 401)
    if (url.pathname === `/v1/customers/${CUSTOMER.id}`) return answer(response, 200, CUSTOMER)
    if (url.pathname === '/v1/checkout/sessions/cs_1/line_items') return answer(response, 200, CHECKOUT_LINES)
    const [, id = '', ofLines] = /^\/v1\/invoices\/(\w+)(\/lines)?$/.exec(url.pathname) ?? []
    const lines = LINES[id]
    if (lines === undefined) return refuse(response, 404)
    if (!ofLines) return answer(response, 200, invoice(id, lines))
    const limit = Number(url.searchParams.get('limit') ?? 10)
    const after = url.searchParams.get('starting_after')
    const from = after ? Number(after.replace('il_', '')) + 1 : 0
    const data = Array.from({ length: Math.min(limit, lines - from) }, (_, index) => line(from + index))
    return answer(response, 200, { object: 'list', url: url.pathname, has_more: from + limit < lines, data })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  project.provide('stripeUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return () => new Promise((closed) => server.close(() => closed()))
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test' }).end(JSON.stringify(body))
}

const refuse = (response: ServerResponse, status: number): void =>
  answer(response, status, { error: { type: 'invalid_request_error', message: `refused: ${status}` } })
