/** Makes Stripe's webhook calls: signed, with events in the shapes of two API versions. */
import { env } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { connectStripe } from '../../src/commands/stripe/connect-stripe'
import { saveStripeSecrets } from '../../src/commands/stripe/save-stripe-secrets'
import { routes } from '../../src/routes'
import type { Merchant } from './client'
import { row } from './database'
import { testDeps } from './deps'
import { tick } from './worker'

export const LIVE_SECRET = 'whsec_live_of_tests'
export const TEST_SECRET = 'whsec_test_of_tests'

/** Connects the merchant's account. Returns the path of its webhook. */
export async function connected(merchant: Merchant): Promise<string> {
  const by = { accountId: merchant.accountId, actor: merchant.userId }
  await connectStripe(testDeps(), by)
  await saveStripeSecrets(testDeps(), by, { liveSecret: LIVE_SECRET, testSecret: TEST_SECRET })
  const { hook } = await row<{ hook: string }>(
    'SELECT hook FROM stripe_connections WHERE account_id = ?',
    merchant.accountId,
  )
  return routes.stripeWebhook(hook)
}

export interface PostedEvent {
  id: string
  type: string
  object: Record<string, unknown>
  livemode?: boolean
  /** Connected account to which the event belongs. */
  account?: string
  /** Seconds. */
  created?: number
}

export async function postEvent(path: string, posted: PostedEvent, secret = LIVE_SECRET): Promise<Response> {
  const { id, type, object, livemode = true, created = nowSeconds(), account } = posted
  const body = JSON.stringify({ id, object: 'event', type, livemode, created, account, data: { object } })
  return call(path, body, await signature(body, secret))
}

export const call = (path: string, body: string, header: string): Promise<Response> =>
  exports.default.fetch(`http://facteur.test${path}`, {
    method: 'POST',
    body,
    headers: { 'stripe-signature': header, 'content-type': 'application/json' },
  })

/** Returns `t=…,v1=…`: HMAC-SHA256 of time and body (docs.stripe.com/webhooks#verify-manually). */
export async function signature(body: string, secret: string, at = nowSeconds()): Promise<string> {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), algorithm, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(`${at}.${body}`)))
  return `t=${at},v1=${mac.toHex()}`
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1000)

const ROUNDS = 50

/** Processes events until none is due or in progress. With `later`, first ends the time that events wait for each other. */
export async function settle(when: 'now' | 'later' = 'now'): Promise<void> {
  if (when === 'later')
    await env.DB.exec(
      'UPDATE stripe_events SET received_at = received_at - 7200000, due_at = 1 WHERE due_at IS NOT NULL',
    )
  await tickUntilQuiet(when === 'now')
}

/** Moves the times of events so many minutes into the past, and processes those that are due. */
export async function pass(minutes: number): Promise<void> {
  const ms = minutes * 60_000
  await env.DB.exec(`UPDATE stripe_events SET received_at = received_at - ${ms}, due_at = due_at - ${ms}`)
  await tickUntilQuiet(true)
}

/** Ticks until no event is due. @param forQueue also waits for events whose attempt has begun and not ended */
async function tickUntilQuiet(forQueue: boolean): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { due, begun } = await row<{ due: number; begun: number }>(
      `SELECT count(*) FILTER (WHERE due_at <= ?) AS due, count(*) FILTER (WHERE attempt > 0) AS begun
        FROM stripe_events WHERE due_at IS NOT NULL`,
      Date.now(),
    )
    if (due === 0 && (begun === 0 || !forQueue)) return
    await (due > 0 ? tick() : scheduler.wait(20))
  }
}

export const customer = (over: Record<string, unknown> = {}) => ({
  id: 'cus_anna',
  object: 'customer',
  name: 'Anna Weber',
  email: 'anna@weber.example',
  preferred_locales: ['de-CH', 'fr'],
  address: { line1: 'Seestrasse 1', line2: null, postal_code: '8000', city: 'Zürich', state: null, country: 'CH' },
  ...over,
})

/** Returns a charge. Without `invoice` it is of the API versions since 2025-03-31, which don't name the invoice. */
export const charge = (over: Record<string, unknown> = {}) => ({
  id: 'ch_1',
  object: 'charge',
  amount: 12000,
  amount_captured: 12000,
  currency: 'eur',
  created: nowSeconds(),
  customer: 'cus_anna',
  payment_intent: 'pi_1',
  description: 'Bookbinding course',
  billing_details: { name: 'Anna Weber', email: 'anna@weber.example', address: { country: 'CH' } },
  payment_method_details: { type: 'card' },
  ...over,
})

/** Returns an invoice of two lines plus 20 % tax: 120.00 in all. */
export const invoice = (over: Record<string, unknown> = {}) => ({
  id: 'in_1',
  object: 'invoice',
  number: 'F-0001',
  customer: 'cus_anna',
  customer_name: 'Anna Weber',
  customer_email: 'anna@weber.example',
  customer_address: { line1: 'Seestrasse 1', postal_code: '8000', city: 'Zürich', country: 'CH' },
  customer_tax_exempt: 'none',
  currency: 'eur',
  total: 12000,
  created: nowSeconds(),
  status_transitions: { paid_at: nowSeconds() },
  lines: {
    has_more: false,
    data: [line(6000, 3, '3 × Notebook (at €20.00 / month)'), line(4000, 1, 'Shipping')],
  },
  ...over,
})

const line = (amount: number, quantity: number, description: string) => ({
  amount,
  quantity,
  description,
  discount_amounts: [],
  taxes: [{ amount: amount / 5, tax_behavior: 'exclusive', taxability_reason: 'standard_rated' }],
})

export const invoicePayment = (over: Record<string, unknown> = {}) => ({
  id: 'inpay_1',
  object: 'invoice_payment',
  invoice: 'in_1',
  payment: { type: 'payment_intent', payment_intent: 'pi_1' },
  created: nowSeconds(),
  status_transitions: { paid_at: nowSeconds() },
  ...over,
})

export const refund = (amount: number, over: Record<string, unknown> = {}) => ({
  id: 're_1',
  object: 'refund',
  amount,
  currency: 'eur',
  charge: 'ch_1',
  payment_intent: 'pi_1',
  status: 'succeeded',
  created: nowSeconds(),
  ...over,
})
