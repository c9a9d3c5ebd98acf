import { runBatch } from '../../db/client'
import { insertTestEvent } from '../../db/outgoing-events'
import { type EndpointRef, findEndpoint } from '../../db/webhook-endpoints'
import { ok, type Result, refuse } from '../../domain/result'
import type { Deps } from '../deps'

/** Queues a test event for one endpoint, and returns its id. */
export async function testEndpoint(
  deps: Deps,
  ref: EndpointRef,
): Promise<Result<string, 'not_found' | 'endpoint_disabled'>> {
  const endpoint = await findEndpoint(deps.db, ref)
  if (!endpoint) return refuse('not_found')
  if (endpoint.disabledAt !== null) return refuse('endpoint_disabled')
  const at = deps.now()
  const id = `evt_${at.toString(16).padStart(12, '0')}${crypto.getRandomValues(new Uint8Array(8)).toHex()}`
  const subjects = { documentId: null, sendId: null, deliveryId: null, contactId: null }
  const event = {
    ...{ accountId: ref.accountId, id, type: 'test' as const, at, test: endpoint.test },
    ...subjects,
    data: {},
  }
  await runBatch(deps.db, insertTestEvent(deps.db, event, ref.id))
  return ok(id)
}
