import { runBatch } from '../../db/client'
import { findEndpoint, insertEndpoint, recordEventsOf, type WebhookEndpoint } from '../../db/webhook-endpoints'
import { ok, type Result, refuse } from '../../domain/result'
import { MAX_ENDPOINTS } from '../../domain/webhook-call'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { secretContext, secretsOf } from './send-due-webhooks'
import { newSecret } from './sign-event'

export interface NewEndpoint
  extends Pick<WebhookEndpoint, 'accountId' | 'id' | 'test' | 'url' | 'description' | 'events'> {
  actor: string
}

/**
 * Makes an endpoint and returns its secret. A repeated request, with the same id, gets the same secret.
 * @param made its URL has been read by `parseTarget`
 */
export async function createEndpoint(
  deps: Deps,
  { actor, ...made }: NewEndpoint,
): Promise<Result<string, 'endpoints_full'>> {
  const secret = newSecret()
  const sealed = await deps.secrets.seal(secret, secretContext(made))
  const [inserted] = await runBatch(deps.db, [
    insertEndpoint({ ...made, secret: sealed, createdAt: deps.now(), createdBy: actor }),
    auditEntry(deps, { accountId: made.accountId, actor, action: 'webhook_created', subject: made.url, changes: [] }),
    recordEventsOf(made.accountId),
  ])
  if (inserted?.results.length) return ok(secret)
  const existing = await findEndpoint(deps.db, made)
  const [first] = existing ? await secretsOf(deps, existing) : []
  return first === undefined ? refuse('endpoints_full', { max: MAX_ENDPOINTS }) : ok(first)
}
