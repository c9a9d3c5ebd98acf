import { runBatch } from '../../db/client'
import { type EndpointRef, findEndpoint, updateEndpoint } from '../../db/webhook-endpoints'
import { ok, type Result, refuse } from '../../domain/result'
import { SECRET_OVERLAP_MS } from '../../domain/webhook-call'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { secretContext } from './send-due-webhooks'
import { newSecret } from './sign-event'

/** Makes a new secret and returns it. The one before signs too, for a day. */
export async function rotateSecret(
  deps: Deps,
  { actor, ...ref }: EndpointRef & { actor: string },
): Promise<Result<string, 'not_found'>> {
  const endpoint = await findEndpoint(deps.db, ref)
  if (!endpoint) return refuse('not_found')
  const secret = newSecret()
  await runBatch(deps.db, [
    updateEndpoint(deps.db, ref, {
      secret: await deps.secrets.seal(secret, secretContext(ref)),
      previousSecret: endpoint.secret,
      previousUntil: deps.now() + SECRET_OVERLAP_MS,
    }),
    auditEntry(deps, {
      ...{ accountId: ref.accountId, actor, action: 'webhook_secret_changed', subject: endpoint.url, changes: [] },
    }),
  ])
  return ok(secret)
}
