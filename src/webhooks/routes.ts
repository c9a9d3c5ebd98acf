/** Serves what outsiders call: webhooks, and problem details for all else under their path. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { errorEntry } from '../commands/error-entry'
import { routes } from '../routes'
import { inboundMail } from './inbound-mail'
import { problem } from './problem'
import { providerEvents } from './provider-events'
import { stripeWebhook } from './stripe'
import type { WebhookEnv } from './webhook-env'

const MAX_BODY_BYTES = 1024 * 1024
const UNDER = '/webhooks/*'

export const webhooks = new Hono<WebhookEnv>()

webhooks.onError((error, c) => {
  c.var.deps.log({ ...errorEntry(error), event: 'webhook_failed' })
  return problem(c, 503)
})

// Mails may have any size: the handler reads their beginning.
webhooks.route('/', inboundMail)
webhooks.use(UNDER, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => problem(c, 413) }))
webhooks.route('/', stripeWebhook)
webhooks.route('/', providerEvents)

webhooks.all(routes.providerWebhook(':kind', ':hook'), (c) => {
  c.header('Allow', 'POST')
  return problem(c, 405)
})
webhooks.all(UNDER, (c) => problem(c, 404))
