/** Receives what mail providers report: verifies who calls, reads the events and puts them on the queue. */
import { Hono } from 'hono'
import { errorEntry } from '../commands/error-entry'
import { findHooks } from '../commands/providers/find-hook'
import { queueEvents } from '../commands/sends/queue-events'
import { routes } from '../routes'
import { problem } from './problem'
import type { ProviderWebhook, WebhookCall } from './providers/provider-webhook'
import { snsNetwork } from './providers/sns-network'
import { providerWebhooks } from './providers/webhooks'
import type { WebhookEnv } from './webhook-env'

export const providerEvents = new Hono<WebhookEnv>()

type Deps = WebhookEnv['Variables']['deps']

/**
 * Responds 200 to what is understood or knowingly ignored, 404 to an unknown address, 401 to a forgery (Postmark stops at 403, Mailgun at
 * 406), 400 to a body that can't be read, and 503 to what the provider must repeat.
 */
providerEvents.post(routes.providerWebhook(':kind', ':hook'), async (c) => {
  const { deps } = c.var
  const { kind, hook } = c.req.param()
  const body = new Uint8Array(await c.req.arrayBuffer())
  try {
    const status = await receive(deps, { kind, hook }, { headers: c.req.raw.headers, body, now: deps.now() })
    return status === 200 ? c.json({ received: true }) : problem(c, status)
  } catch (error) {
    deps.log({ ...errorEntry(error), event: 'webhook_failed', provider: webhookOf(deps, kind) ? kind : 'unknown' })
    return problem(c, 503)
  }
})

async function receive(deps: Deps, { kind, hook: token }: { kind: string; hook: string }, call: WebhookCall) {
  const webhook = webhookOf(deps, kind)
  const hook = webhook && (await findHooks(deps, token)).find((one) => one.kind === kind)
  if (!webhook || !hook) return 404
  const { connection, secrets } = hook
  const verified = await webhook.verify(call, { keys: secrets, topics: secrets })
  if (verified.verdict === 'forged') return 401
  if (verified.verdict === 'unavailable') return 503
  const events = webhook.read(call)
  if (!events) return 400
  if (webhook.confirm && !(await webhook.confirm(call))) return 503
  const { replayKey: key } = verified
  const replay = key ? { key, body: new TextDecoder().decode(call.body) } : undefined
  const queued = await queueEvents(deps, { connection, events, ...(replay && { replay }) })
  return queued.ok ? 200 : 503
}

/** Returns a provider's webhook. On a developer's machine SNS may be the server that stands in for SES. */
function webhookOf({ config }: Deps, kind: string): ProviderWebhook | undefined {
  const { ENVIRONMENT, PROVIDER_URLS } = config
  const local = ENVIRONMENT === 'local' && PROVIDER_URLS.ses ? new URL(PROVIDER_URLS.ses).origin : undefined
  const webhooks = new Map<string, ProviderWebhook>(Object.entries(providerWebhooks(snsNetwork(local))))
  return webhooks.get(kind)
}
