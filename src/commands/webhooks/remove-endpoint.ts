import { runBatch } from '../../db/client'
import { deleteCalls } from '../../db/webhook-calls'
import { deleteEndpoint, type EndpointRef, findEndpoint } from '../../db/webhook-endpoints'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

/** Deletes an endpoint with what waits for it. */
export async function removeEndpoint(
  deps: Deps,
  { actor, ...ref }: EndpointRef & { actor: string },
): Promise<Result<null, 'not_found'>> {
  const endpoint = await findEndpoint(deps.db, ref)
  if (!endpoint) return refuse('not_found')
  await runBatch(deps.db, [
    deleteEndpoint(deps.db, ref),
    deleteCalls(deps.db, ref),
    auditEntry(deps, {
      ...{ accountId: ref.accountId, actor, action: 'webhook_removed', subject: endpoint.url, changes: [] },
    }),
  ])
  return ok(null)
}
