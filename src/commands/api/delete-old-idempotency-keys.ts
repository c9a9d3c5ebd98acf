import { deleteOldKeys } from '../../db/idempotency-keys'
import type { Deps } from '../deps'
import { IDEMPOTENCY_KEY_MS } from './claim-idempotency-key'

const KEYS_A_STEP = 500
const MAX_STEPS = 20

/** Deletes responses to repeated requests after a day. */
export async function deleteOldIdempotencyKeys(deps: Deps): Promise<void> {
  for (let step = 0; step < MAX_STEPS; step++)
    if ((await deleteOldKeys(deps.db, deps.now() - IDEMPOTENCY_KEY_MS, KEYS_A_STEP)) < KEYS_A_STEP) return
}
