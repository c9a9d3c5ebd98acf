import { type BackgroundJob, endBackgroundJob, moveBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { deleteOldEvents, hasEvents } from '../../db/outgoing-events'
import { EVENT_DAYS } from '../../domain/outgoing-event'
import type { Deps } from '../deps'

const ROWS_A_STEP = 500
const DAY_MS = 86_400_000

/** Deletes some events for programs that are thirty days old, and the calls that carried them. Looks again a day later while there are any. */
export async function deleteEventsStep(deps: Deps, job: BackgroundJob): Promise<void> {
  const before = `evt_${(deps.now() - EVENT_DAYS * DAY_MS).toString(16).padStart(12, '0')}`
  const deleted = await deleteOldEvents(deps.db, before, ROWS_A_STEP)
  const next = deleted > 0 ? deps.now() : deps.now() + DAY_MS
  const over = deleted === 0 && !(await hasEvents(deps.db))
  await runBatch(deps.db, [over ? endBackgroundJob(job) : moveBackgroundJob(job, '', next)])
}
