import { runBatch } from '../../db/client'
import { type EndpointRef, findEndpoint, replaceSecret } from '../../db/webhook-endpoints'
import { ok, type Result, refuse } from '../../domain/result'
import { SECRET_OVERLAP_MS } from '../../domain/webhook-call'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { secretContext, secretsOf } from './send-due-webhooks'
import { newSecret } from './sign-event'

export interface SecretRotation extends EndpointRef {
  actor: string
  /** The endpoint's `previousUntil` that a form was made from, so that a form sent twice makes one secret. */
  seen?: number | null
}

/** Makes a new secret and returns it. The one before signs too, for a day. If another request has made one since, returns that one. */
export async function rotateSecret(
  deps: Deps,
  { actor, seen, ...ref }: SecretRotation,
): Promise<Result<string, 'not_found'>> {
  const endpoint = await findEndpoint(deps.db, ref)
  if (!endpoint) return refuse('not_found')
  if (seen !== undefined && seen !== endpoint.previousUntil) return currentSecret(deps, ref)
  const secret = newSecret()
  const sealed = await deps.secrets.seal(secret, secretContext(ref))
  const [replaced] = await runBatch(deps.db, [
    replaceSecret(deps.db, endpoint, { secret: sealed, previousUntil: deps.now() + SECRET_OVERLAP_MS }),
    auditEntry(deps, {
      ...{ accountId: ref.accountId, actor, action: 'webhook_secret_changed', subject: endpoint.url, changes: [] },
    }),
  ])
  return replaced?.results.length ? ok(secret) : currentSecret(deps, ref)
}

async function currentSecret(deps: Deps, ref: EndpointRef): Promise<Result<string, 'not_found'>> {
  const endpoint = await findEndpoint(deps.db, ref)
  const [secret] = endpoint ? await secretsOf(deps, endpoint) : []
  return secret === undefined ? refuse('not_found') : ok(secret)
}
