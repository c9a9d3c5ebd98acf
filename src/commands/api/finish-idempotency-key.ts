import { finishKey, type IdempotencyKey, type IdempotencyRef } from '../../db/idempotency-keys'
import type { Deps } from '../deps'

type StoredResponse = Pick<IdempotencyKey, 'status' | 'headers' | 'body'>

/** Stores the response for repeats of the request. Undefined frees the key, so that a failed request may be attempted again at once. */
export async function finishIdempotencyKey(
  deps: Deps,
  ref: IdempotencyRef,
  response: StoredResponse | undefined,
): Promise<void> {
  await finishKey(deps.db, ref, response ?? { status: null, headers: null, body: null })
}
