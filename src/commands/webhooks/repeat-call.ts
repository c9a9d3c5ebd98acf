import { runBatch } from '../../db/client'
import { type CallRef, updateCall, wakePosting } from '../../db/webhook-calls'
import { findEndpoint } from '../../db/webhook-endpoints'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

/** Queues a call to be made again at once, whatever became of it. Its receiver knows it by its id. */
export async function repeatCall(deps: Deps, ref: CallRef): Promise<Result<null, 'not_found' | 'endpoint_disabled'>> {
  const endpoint = await findEndpoint(deps.db, { accountId: ref.accountId, id: ref.endpointId })
  if (!endpoint) return refuse('not_found')
  if (endpoint.disabledAt !== null) return refuse('endpoint_disabled')
  const [found] = await runBatch(deps.db, [
    updateCall(deps.db, ref, { state: 'waiting', attempts: 0, dueAt: deps.now() }),
    wakePosting(deps.now()),
  ])
  return found?.results.length ? ok(null) : refuse('not_found')
}
