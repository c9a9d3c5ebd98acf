/** Serves webhook endpoints. A key sees those of its mode. */
import { Hono } from 'hono'
import type { InferInput } from 'valibot'
import { changeEndpoint } from '../../commands/webhooks/change-endpoint'
import { createEndpoint } from '../../commands/webhooks/create-endpoint'
import { removeEndpoint } from '../../commands/webhooks/remove-endpoint'
import { repeatCall } from '../../commands/webhooks/repeat-call'
import { rotateSecret } from '../../commands/webhooks/rotate-secret'
import { testEndpoint } from '../../commands/webhooks/test-endpoint'
import { listCalls } from '../../db/webhook-calls'
import { findEndpoint, listEndpoints, type WebhookEndpoint } from '../../db/webhook-endpoints'
import { parseTarget } from '../../domain/webhook-target'
import { routes } from '../../routes'
import type { ApiContext, ApiEnv } from '../api-env'
import { isoTime } from '../fields'
import { listReply } from '../list-reply'
import { idFor } from '../middleware/idempotent'
import { Problem } from '../problem'
import { fieldProblem, unwrap } from '../refusal'
import { serve } from '../serve'
import * as operations from './endpoint-operations'
import type { WebhookEndpointJson } from './endpoint-schemas'

export const webhookEndpointRoutes = new Hono<ApiEnv>()

serve(webhookEndpointRoutes, operations.listWebhookEndpoints, async (c) => {
  const { deps, key } = c.var
  return listReply(c, (await listEndpoints(deps.db, key.accountId, key.test)).map(endpointJson), undefined)
})

serve(webhookEndpointRoutes, operations.createWebhookEndpoint, async (c, { body }) => {
  const { deps, key } = c.var
  const { url: typed, events, description = '' } = body
  const ref = { accountId: key.accountId, id: idFor(c, 'whe') }
  const made = { ...ref, url: readUrl(c, typed), events: [...new Set(events)], description, test: key.test }
  const secret = unwrap(await createEndpoint(deps, { ...made, actor: key.id }))
  c.header('Location', routes.api + routes.apiWebhookEndpoint(ref.id))
  return { ...endpointJson(await theEndpoint(c, ref.id)), secret }
})

serve(webhookEndpointRoutes, operations.getWebhookEndpoint, async (c, { params }) =>
  endpointJson(await theEndpoint(c, params.id)),
)

serve(webhookEndpointRoutes, operations.changeWebhookEndpoint, async (c, { params: { id }, body }) => {
  const { deps, key } = c.var
  await theEndpoint(c, id)
  const { url, ...changes } = body
  const read = { ...changes, ...(url !== undefined && { url: readUrl(c, url) }) }
  unwrap(await changeEndpoint(deps, { accountId: key.accountId, id, actor: key.id }, read))
  return endpointJson(await theEndpoint(c, id))
})

serve(webhookEndpointRoutes, operations.deleteWebhookEndpoint, async (c, { params: { id } }) => {
  const { deps, key } = c.var
  await theEndpoint(c, id)
  unwrap(await removeEndpoint(deps, { accountId: key.accountId, id, actor: key.id }))
  return null
})

serve(webhookEndpointRoutes, operations.rotateWebhookSecret, async (c, { params: { id } }) => {
  const { deps, key } = c.var
  await theEndpoint(c, id)
  const secret = unwrap(await rotateSecret(deps, { accountId: key.accountId, id, actor: key.id }))
  return { ...endpointJson(await theEndpoint(c, id)), secret }
})

serve(webhookEndpointRoutes, operations.testWebhookEndpoint, async (c, { params: { id } }) => {
  const { deps, key } = c.var
  await theEndpoint(c, id)
  return { event_id: unwrap(await testEndpoint(deps, { accountId: key.accountId, id })) }
})

serve(webhookEndpointRoutes, operations.listWebhookCalls, async (c, { params: { id }, query: { limit, cursor } }) => {
  const { deps, key } = c.var
  await theEndpoint(c, id)
  const found = await listCalls(deps.db, { accountId: key.accountId, id }, { before: cursor, limit: limit + 1 })
  const shown = found.slice(0, limit)
  const calls = shown.map(({ call, event }) => ({
    ...{ event_id: event.id, event_type: event.type, event_at: isoTime(event.at) },
    ...{ state: call.state, attempts: call.attempts, next_attempt_at: isoTime(call.dueAt) },
    log: call.log.map(({ at, status, text, ms }) => ({ at: isoTime(at), status, answer: text, ms })),
  }))
  return listReply(c, calls, found.length > limit ? shown.at(-1)?.event.id : undefined)
})

serve(webhookEndpointRoutes, operations.repeatWebhookCall, async (c, { params: { id, eventId } }) => {
  const { deps, key } = c.var
  await theEndpoint(c, id)
  unwrap(await repeatCall(deps, { accountId: key.accountId, endpointId: id, eventId }))
  return { event_id: eventId }
})

async function theEndpoint(c: ApiContext, id: string): Promise<WebhookEndpoint> {
  const { deps, key } = c.var
  const endpoint = await findEndpoint(deps.db, { accountId: key.accountId, id })
  if (!endpoint || endpoint.test !== key.test) throw new Problem('not_found')
  return endpoint
}

function readUrl(c: ApiContext, typed: string): string {
  const target = parseTarget(typed, c.var.deps.config.WEBHOOK_PRIVATE_TARGETS)
  if (!target.ok) throw fieldProblem('/url', target)
  return target.value
}

function endpointJson(endpoint: WebhookEndpoint): InferInput<typeof WebhookEndpointJson> {
  return {
    ...{ id: endpoint.id, url: endpoint.url, description: endpoint.description },
    events: endpoint.events.filter((type) => type !== 'test'),
    ...{ enabled: endpoint.disabledAt === null, disabled_reason: endpoint.disabledReason },
    failing_since: isoTime(endpoint.failingSince),
    created_at: isoTime(endpoint.createdAt),
  }
}
