import { runBatch } from '../../db/client'
import { stopCalls } from '../../db/webhook-calls'
import { type EndpointRef, findEndpoint, updateEndpoint, type WebhookEndpoint } from '../../db/webhook-endpoints'
import { ok, type Result, refuse } from '../../domain/result'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'

export interface EndpointChanges extends Partial<Pick<WebhookEndpoint, 'url' | 'description' | 'events'>> {
  /** Switches it on or off. What was stopped stays so. */
  enabled?: boolean
}

/** Changes an endpoint. */
export async function changeEndpoint(
  deps: Deps,
  { actor, ...ref }: EndpointRef & { actor: string },
  { enabled, ...changes }: EndpointChanges,
): Promise<Result<null, 'not_found'>> {
  const current = await findEndpoint(deps.db, ref)
  if (!current) return refuse('not_found')
  const now = deps.now()
  const switched =
    enabled === undefined || enabled === (current.disabledAt === null)
      ? {}
      : enabled
        ? { disabledAt: null, disabledReason: null, failingSince: null }
        : { disabledAt: now, disabledReason: 'by_hand' as const }
  const all = { ...changes, ...switched }
  if (Object.keys(all).length === 0) return ok(null)
  await runBatch(deps.db, [
    updateEndpoint(deps.db, ref, all),
    ...(enabled === false ? [stopCalls(deps.db, ref)] : []),
    auditEntry(deps, {
      ...{ accountId: ref.accountId, actor, action: 'webhook_changed', subject: current.url },
      changes: changes.url === undefined ? [] : [{ field: 'webhookUrl', from: current.url, to: changes.url }],
    }),
  ])
  return ok(null)
}
