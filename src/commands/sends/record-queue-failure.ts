import { recordQueueFailure as insertQueueFailure, type QueueFailure } from '../../db/health'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'

/** Records queue failures for `/healthz`. Never throws: the database may be what failed. */
export async function recordQueueFailure(deps: Deps, kind: QueueFailure, messages: number): Promise<void> {
  deps.log({ event: 'queue_failure', kind, messages })
  try {
    await insertQueueFailure(deps.db, kind, messages, deps.now())
  } catch (error) {
    deps.log({ ...errorEntry(error), event: 'queue_failure_not_recorded' })
  }
}
