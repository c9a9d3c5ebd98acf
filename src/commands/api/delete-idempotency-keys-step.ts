import { type BackgroundJob, endBackgroundJob, moveBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { deleteOldKeys, hasIdempotencyKeys } from '../../db/idempotency-keys'
import type { Deps } from '../deps'
import { IDEMPOTENCY_KEY_MS } from './claim-idempotency-key'

const KEYS_A_STEP = 500
const HOUR_MS = 3_600_000

/** Deletes some responses to repeated requests that are a day old. Looks again an hour later while there are any. */
export async function deleteIdempotencyKeysStep(deps: Deps, job: BackgroundJob): Promise<void> {
  const deleted = await deleteOldKeys(deps.db, deps.now() - IDEMPOTENCY_KEY_MS, KEYS_A_STEP)
  const next = deleted > 0 ? deps.now() : deps.now() + HOUR_MS
  const over = deleted === 0 && !(await hasIdempotencyKeys(deps.db))
  await runBatch(deps.db, [over ? endBackgroundJob(job) : moveBackgroundJob(job, '', next)])
}
