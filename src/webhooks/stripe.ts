/** Receives Stripe's webhook calls: verifies the signature and records a row, which is processed later. */
import { Hono } from 'hono'
import { recordStripeEvent } from '../commands/stripe/record-stripe-event'
import { routes } from '../routes'
import { problem } from './problem'
import type { WebhookEnv } from './webhook-env'

export const stripeWebhook = new Hono<WebhookEnv>()

const STATUS = { hook_unknown: 404, signature_wrong: 400, event_unreadable: 400, budget_spent: 429 } as const

/** Responds 200 once the event is in the database; 429 and 503 make Stripe repeat it, for up to three days. */
stripeWebhook.post(routes.stripeWebhook(':hook'), async (c) => {
  const signature = c.req.header('Stripe-Signature') ?? ''
  const recorded = await recordStripeEvent(c.var.deps, {
    hook: c.req.param('hook'),
    body: await c.req.text(),
    signature,
  })
  if (recorded.ok) return c.json({ received: true })
  return problem(c, STATUS[recorded.reason], recorded.reason)
})
