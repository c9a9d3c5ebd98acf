/** Verifies Stripe's signatures, and reads from its API what events leave out. */
import Stripe from 'stripe'
import { MAX_LINES } from '../domain/document-content'
import type { Json } from '../domain/stripe/json'

export interface StripeGateway {
  /**
   * Returns the event of a webhook call, if this secret signed it within the last five minutes
   * (docs.stripe.com/webhooks).
   * @param body the request's body, unchanged
   */
  verify(body: string, signature: string, secret: string): Promise<Json | undefined>
  /**
   * Returns an invoice with its payments and as many of its lines as a document may have. Throws the errors of Stripe's
   * library.
   * @param key a restricted key with read access to invoices
   */
  invoice(key: string, id: string): Promise<Json>
  /**
   * Returns the lines of a Checkout Session with their taxes, as many as a document may have: `{ data, has_more }`.
   * Throws the errors of Stripe's library.
   */
  checkoutLines(key: string, id: string): Promise<Json>
  /** Returns a customer with all tax ids, or `{ deleted: true }`. Throws the errors of Stripe's library. */
  customer(key: string, id: string): Promise<Json>
}

const LINES_PER_PAGE = 100
const TIMEOUT_MS = 10_000
const TOLERANCE_SECONDS = 300

/**
 * Returns a gateway to Stripe.
 * @param apiUrl address of Stripe's API, from the deployment's configuration and never from a merchant
 */
export function stripeGateway(apiUrl: string): StripeGateway {
  const cryptoProvider = Stripe.createSubtleCryptoProvider()
  const { protocol, hostname, port } = new URL(apiUrl)
  const client = (key: string) =>
    new Stripe(key, {
      httpClient: Stripe.createFetchHttpClient(),
      protocol: protocol === 'http:' ? 'http' : 'https',
      host: hostname,
      ...(port && { port }),
      timeout: TIMEOUT_MS,
      maxNetworkRetries: 1,
      telemetry: false,
    })
  return {
    async verify(body, signature, secret) {
      try {
        const event = await Stripe.webhooks.constructEventAsync(
          body,
          signature,
          secret,
          TOLERANCE_SECONDS,
          cryptoProvider,
        )
        return event as unknown as Json
      } catch {
        return undefined
      }
    },
    async invoice(key, id) {
      const stripe = client(key)
      const invoice = await stripe.invoices.retrieve(id, { expand: ['payments'] })
      const lines = await stripe.invoices
        .listLineItems(id, { limit: LINES_PER_PAGE })
        .autoPagingToArray({ limit: MAX_LINES + 1 })
      const page = { data: lines.slice(0, MAX_LINES), has_more: lines.length > MAX_LINES }
      return { ...invoice, lines: page } as unknown as Json
    },
    async checkoutLines(key, id) {
      const lines = await client(key)
        .checkout.sessions.listLineItems(id, { limit: LINES_PER_PAGE, expand: ['data.taxes'] })
        .autoPagingToArray({ limit: MAX_LINES + 1 })
      return { data: lines.slice(0, MAX_LINES), has_more: lines.length > MAX_LINES }
    },
    async customer(key, id) {
      return (await client(key).customers.retrieve(id, { expand: ['tax_ids'] })) as unknown as Json
    },
  }
}
